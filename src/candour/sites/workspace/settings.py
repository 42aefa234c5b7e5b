"""Django settings of the private site."""

from candour.platform.config import config
from candour.platform.databases import databases
from candour.platform.django_settings import ROOMS, shared, template_folders, templates

_config = config()

globals().update(shared(_config))

ALLOWED_HOSTS = _config.workspace_hosts
ROOT_URLCONF = "candour.sites.workspace.urls"
WSGI_APPLICATION = "candour.sites.workspace.wsgi.application"
SITE = "workspace"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    *(f"candour.{room}" for room in ROOMS),
]

MIDDLEWARE = [
    "candour.platform.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "candour.platform.middleware.PrivateResponseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "candour.platform.middleware.NoNulMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "candour.people.middleware.SessionLimitMiddleware",
    "candour.people.middleware.SecondFactorMiddleware",
    "candour.platform.middleware.ActorMiddleware",
    "candour.platform.middleware.RuleBrokenMiddleware",
]

DATABASES = databases(_config)
DATABASE_ROUTERS = ["candour.platform.databases.ArchiveRouter"]

TEMPLATES = templates(
    template_folders(*ROOMS, "sites/workspace"),
    [
        "django.template.context_processors.request",
        "django.contrib.messages.context_processors.messages",
        "candour.sites.workspace.context.workspace",
        "candour.people.presenters.session_warning",
    ],
)

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "candour.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "candour.people.forms.SignIn"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
MFA_ADAPTER = "candour.people.adapters.SecondFactorAdapter"
# One step either way, for telephones whose clock is a little off (RFC 6238, section 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Behind the TLS proxy the address that rate limits count by is the one the proxy saw.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _config.https else 0
# Attempts and used codes are counted for all server processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_attempt",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-candour" if _config.https else "candour"
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_FAILURE_VIEW = "candour.people.views.stale.out_of_date"
CSRF_COOKIE_NAME = "__Host-candour-csrf" if _config.https else "candour-csrf"

# What a person types must never wait on disk unsealed before it has been checked.
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
