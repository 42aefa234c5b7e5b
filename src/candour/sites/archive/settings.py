"""Django settings of the public site.

It knows one database, the archive's. It has no sessions, no accounts and no cookies, and it answers
GET and HEAD only.
"""

from candour.platform.config import config
from candour.platform.databases import ARCHIVE, databases
from candour.platform.django_settings import shared, template_folders, templates

_config = config()

globals().update(shared(_config))

ALLOWED_HOSTS = _config.archive_hosts
ROOT_URLCONF = "candour.sites.archive.urls"
WSGI_APPLICATION = "candour.sites.archive.wsgi.application"
SITE = "archive"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "csp",
    "candour.archive",
]

MIDDLEWARE = [
    "candour.sites.archive.middleware.PublicResponseMiddleware",
    "candour.sites.archive.middleware.NodeMiddleware",
    "candour.sites.archive.kept_pages.KeptPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "candour.platform.middleware.NoNulMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "candour.sites.archive.middleware.WithdrawnMiddleware",
]

# No workspace database: the public process could not reach a case even if it were taken over.
DATABASES = {"default": {}, ARCHIVE: databases(_config)[ARCHIVE]}
DATABASE_ROUTERS = ["candour.platform.databases.ArchiveRouter"]

TEMPLATES = templates(
    template_folders("archive", "sites/archive"),
    [
        "django.template.context_processors.request",
        "candour.sites.archive.context.archive_site",
    ],
)

# A search travels in the address; the next page, even one of ours, is not told of it.
SECURE_REFERRER_POLICY = "no-referrer"

APPEND_SLASH = False
