"""Django settings that both sites share, derived from `Config`."""

import secrets
from pathlib import Path
from typing import Any

from candour.platform.config import Config, Environment

SOURCE = Path(__file__).resolve().parent.parent

ROOMS = (
    "platform",
    "audit",
    "people",
    "cases",
    "identities",
    "documents",
    "duties",
    "incidents",
    "reviews",
    "contributions",
    "chronology",
    "analysis",
    "reports",
    "disclosure",
    "publication",
    "improvement",
    "process",
    "paperwork",
    "oversight",
    "worklist",
    "library",
    "archive",
)


def template_folders(*rooms: str) -> list[Path]:
    """Where the pages of these rooms stand; the interface room always comes last."""
    folders = [SOURCE / room / "templates" for room in (*rooms, "ui")]
    return [folder for folder in folders if folder.is_dir()]


def templates(folders: list[Path], context_processors: list[str]) -> list[dict[str, Any]]:
    """Jinja first, for our pages; Django's engine only for the texts that allauth mails."""
    return [
        {
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "DIRS": folders,
            "APP_DIRS": False,
            "OPTIONS": {
                "environment": "candour.ui.environment.environment",
                "context_processors": context_processors,
            },
        },
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        },
    ]


def content_security_policy() -> dict[str, Any]:
    """Nothing is allowed that our own host does not serve; no inline script or style."""
    return {
        "DIRECTIVES": {
            "default-src": ["'none'"],
            "script-src": ["'self'"],
            "style-src": ["'self'"],
            "img-src": ["'self'", "data:"],
            "font-src": ["'self'"],
            "connect-src": ["'self'"],
            "form-action": ["'self'"],
            "frame-ancestors": ["'none'"],
            "base-uri": ["'none'"],
        }
    }


def secret_key(config: Config) -> str:
    """The signing secret: from the environment, or kept in data_dir and made on first start."""
    if config.secret_key:
        return config.secret_key
    path = config.data_dir / "secret-key"
    if not path.exists():
        config.data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii")


def shared(config: Config) -> dict[str, Any]:
    """The settings that workspace and archive have in common."""
    return {
        "SECRET_KEY": secret_key(config),
        "DEBUG": False,
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "LANGUAGE_CODE": "en-gb",
        "TIME_ZONE": "Europe/London",
        "USE_TZ": True,
        "USE_I18N": False,
        "LOGGING_CONFIG": "candour.platform.logs.configure",
        "LOGGING": {"version": 1},
        "EMAIL_BACKEND": "candour.platform.mail.OutboxBackend",
        "DEFAULT_FROM_EMAIL": config.mail_from,
        "FILE_UPLOAD_HANDLERS": ["candour.platform.uploads.UnnamedFileUploadHandler"],
        "FILE_UPLOAD_PERMISSIONS": 0o600,
        **_static(config),
        **_headers_and_cookies(secure=config.https),
    }


def _static(config: Config) -> dict[str, Any]:
    return {
        "STATIC_URL": "/static/",
        "STATIC_ROOT": config.data_dir / "static",
        "STATICFILES_DIRS": [SOURCE / "ui" / "static"],
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
        },
        "WHITENOISE_USE_FINDERS": config.env is not Environment.PRODUCTION,
    }


def _headers_and_cookies(*, secure: bool) -> dict[str, Any]:
    return {
        "CONTENT_SECURITY_POLICY": content_security_policy(),
        "X_FRAME_OPTIONS": "DENY",
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "SECURE_HSTS_SECONDS": 31_536_000 if secure else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": secure,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if secure else None,
        "SESSION_COOKIE_SECURE": secure,
        "CSRF_COOKIE_SECURE": secure,
        "CSRF_COOKIE_HTTPONLY": True,
    }
