"""Django's settings, all derived from contracts.config: there is no second place to configure a centre."""

from __future__ import annotations

import hashlib
import hmac
import os
import socket
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pghistory
from django.core.management.utils import get_random_secret_key

from prahari.contracts.config import Config, ConfigError, load
from prahari.contracts.logs import JsonFormatter

CONFIG: Config = load()

DEBUG = False
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("hi", "हिन्दी"), ("en", "English")]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "prahari.desks.urls"
APPEND_SLASH = False


def _secret_key() -> str:
    """Derived from the sealing key, so that every process of a centre has the same one and it is kept once.

    Without keys (making migrations, checking types) a random one does; `wsgi` refuses to serve then.
    """
    try:
        return hmac.new(CONFIG.sealing_key(), b"django secret key", hashlib.sha256).hexdigest()
    except ConfigError:
        return get_random_secret_key()


SECRET_KEY = _secret_key()


def database(url: str) -> dict[str, Any]:
    """DATABASES entry of a postgresql:// URL; `?host=/dir` names a socket folder. Raises ConfigError."""
    parts = urlsplit(url)
    if url and parts.scheme not in {"postgres", "postgresql"}:
        raise ConfigError("DATABASE_URL must start with postgresql://")
    options = dict(parse_qsl(parts.query))
    try:
        port = parts.port
    except ValueError:
        raise ConfigError("DATABASE_URL has a port that is not a number") from None
    return {
        "ENGINE": "prahari.desks.common.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "prahari",
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or options.pop("password", "")),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": options.pop("port", "") or str(port or ""),
        "CONN_HEALTH_CHECKS": True,
        # Explicit server-side cursors (common.sql) prepare their statements; Django's own stay as they are.
        "OPTIONS": {
            # Given up soon, tried again for the next who asks: the pool alone would wait twice as long each time, and
            # come back as late after the database as that was away.
            "pool": {
                "min_size": 1,
                "max_size": int(os.environ.get("PRAHARI_DATABASE_POOL", "16")),
                "timeout": 10,
                "reconnect_timeout": 3,
            },
            "prepare_threshold": 2,
            **options,
        },
    }


DATABASES = {"default": database(CONFIG.database_url)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}
"""Shared by all processes: throttling counts sign-ins of the whole centre, not of one process."""


def _installed(*desks: str) -> list[str]:
    """Those of `desks` that exist."""
    return [f"prahari.desks.{desk}" for desk in desks if (Path(__file__).parent / desk / "apps.py").exists()]


DESKS = _installed(
    "accounts", "audit", "files", "messages", "registry", "linking", "devices", "edge", "health", "lists",
    "owners", "programme", "field", "targets", "reports", "works", "outreach", "wall", "intake", "alarms", "incidents",
    "citizens", "procedures", "dispatch", "shifts", "search",
)  # fmt: skip
INSTALLED_APPS = [
    "prahari.desks.common",  # before procrastinate: its worker command also publishes the outbox
    *DESKS,
    "pghistory",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.headless",
    "procrastinate.contrib.django",
    "ninja",
    "django.contrib.postgres",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
MIDDLEWARE = [
    "prahari.desks.common.web.SecurityHeaders",
    "prahari.desks.common.console.ConsoleFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

# Who may ask. On loopback only loopback names: a page elsewhere cannot rebind its name to us.
LOOPBACK = CONFIG.bind in {"127.0.0.1", "::1", "localhost"}
ALLOWED_HOSTS = [name for name in os.environ.get("PRAHARI_HOSTS", "").split(",") if name] or (
    ["localhost", "127.0.0.1", "[::1]", socket.gethostname()] if LOOPBACK else ["*"]
)

# OpenID Connect, ready when a provider is named.
OIDC = {
    name: os.environ.get(f"PRAHARI_OIDC_{name.upper()}", "")
    for name in ("issuer", "client_id", "client_secret", "name")
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": OIDC["name"] or "Single sign-on",
                "client_id": OIDC["client_id"],
                "secret": OIDC["client_secret"],
                "settings": {"server_url": OIDC["issuer"]},
            }
        ]
        if OIDC["issuer"]
        else [],
    }
}

# Cookies. A provider's answer is a cross-site navigation, which needs Lax; otherwise Strict.
TLS = CONFIG.tls_cert is not None
_SAME_SITE = "Lax" if OIDC["issuer"] else "Strict"
SESSION_ENGINE = "prahari.desks.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-prahari" if TLS else "prahari"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = _SAME_SITE
SESSION_COOKIE_AGE = 14 * 3600  # outer bound; the rows of accounts.SecurityPolicy decide
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CSRF_COOKIE_NAME = "csrftoken"
CSRF_FAILURE_VIEW = "prahari.desks.common.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS: list[str] = []
SECURE_PROXY_SSL_HEADER = None

# Signing in (django-allauth, headless).
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["prahari.desks.accounts.passwords.Argon2", "django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "prahari.desks.accounts.signin.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,6/5m/key", "reauthenticate": "10/m/user"}
SOCIALACCOUNT_ADAPTER = "prahari.desks.accounts.signin.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "prahari.desks.accounts.signin.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Prahari"
MFA_TOTP_TOLERANCE = 1  # half minutes: telephones in the field are not always on time
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_ADAPTER = "prahari.desks.accounts.signin.HeadlessAdapter"
HEADLESS_SERVE_SPECIFICATION = False
HEADLESS_FRONTEND_URLS = {"socialaccount_login_error": "/sign-in?error=provider"}

# History of every row, with who and why beside each change.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()
PGHISTORY_APPEND_ONLY = True

NINJA_PAGINATION_PER_PAGE = 100
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000_000
WEB_DIST = Path(os.environ.get("PRAHARI_WEB_DIST") or Path(__file__).resolve().parents[3] / "web" / "dist")

_LEVEL = os.environ.get("PRAHARI_LOG", "info").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": JsonFormatter, "process": os.environ.get("PRAHARI_PROCESS", "api")}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": _LEVEL if _LEVEL in {"DEBUG", "INFO", "WARNING", "ERROR"} else "INFO"},
    "loggers": {
        # Refused requests are everyday matters and may hold what somebody typed: no warning for each.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        # Each process lists every task that there is, twice.
        "procrastinate.periodic": {"level": "WARNING"},
        "procrastinate.blueprints": {"level": "WARNING"},
    },
}
LOGGING_CONFIG = "logging.config.dictConfig"
