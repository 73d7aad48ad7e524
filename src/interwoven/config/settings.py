"""Assigns; decides nothing. What came from outside was read and checked in `env.py`."""

from __future__ import annotations

import os
from typing import Any

from interwoven.config import env as environment
from interwoven.config.addresses import Database
from interwoven.config.secrets import load

ENV = environment.read(os.environ)
SECRETS = load(ENV.data_dir)
SECRET_KEY = ENV.secret_key or SECRETS.secret_key
DEBUG = ENV.debug
ALLOWED_HOSTS = list(ENV.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(ENV.trusted_origins)

CONTENT_DIR = environment.ROOT / "content"
KEEPER = ENV.keeper.value
SIGN_UP = ENV.sign_up.value
KEEPER_NAME = ENV.keeper_name
EXIT_URL = ENV.exit_url
DEMO = ENV.demo
INSTANCE_NAME = ENV.instance_name
PUBLIC_ADDRESS = ENV.address

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "interwoven.infra",
    "interwoven.infra.keyring",
    "interwoven.web",
    "interwoven.apps.safety",
    "interwoven.apps.accounts",
    "interwoven.apps.couples",
    "interwoven.apps.locking",
    "interwoven.apps.checkins",
    "interwoven.apps.agreements",
    "interwoven.apps.rounds",
    "interwoven.apps.today",
    "interwoven.apps.keeping",
    "interwoven.apps.leaving",
    "interwoven.apps.guarding",
    "interwoven.demo",
]

MIDDLEWARE = [
    "interwoven.web.middleware.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "interwoven.web.middleware.BodyLimit",
    "interwoven.web.middleware.FetchMetadata",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "interwoven.apps.safety.ending.Left",
    "interwoven.web.middleware.SignedIn",
    "allauth.account.middleware.AccountMiddleware",
    "interwoven.web.middleware.QuietlyNotThere",
]

ROOT_URLCONF = "interwoven.config.urls"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["interwoven.web.templatetags.interwoven"],
            "context_processors": ["interwoven.web.render.instance"],
        },
    }
]


def _database(found: Database) -> dict[str, Any]:
    if found.engine == "postgresql":
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": found.name,
            "USER": found.user,
            "PASSWORD": found.password,
            "HOST": found.host,
            "PORT": found.port or "",
            "CONN_MAX_AGE": 600,
            "OPTIONS": dict(found.options),
        }
    return {
        "ENGINE": "interwoven.infra.sqlite",
        "NAME": found.name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


DATABASES = {"default": _database(ENV.database), "keyring": _database(ENV.keyring)}
DATABASE_ROUTERS = ["interwoven.infra.keyring.router.KeyringRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "interwoven.apps.accounts.passwords.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "interwoven.apps.accounts.passwords.NotCommon"},
    {"NAME": "interwoven.apps.accounts.passwords.NotTheAddress"},
]
PASSWORD_RESET_TIMEOUT = 3600

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "front"
ACCOUNT_ADAPTER = "interwoven.apps.accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "signup": "interwoven.apps.accounts.forms.SignUp",
    "login": "interwoven.apps.accounts.forms.SignIn",
    "reset_password": "interwoven.apps.accounts.forms.Forgotten",
    "reset_password_from_key": "interwoven.apps.accounts.forms.NewPassword",
    "change_password": "interwoven.apps.accounts.forms.AnotherPassword",
    "user_token": "interwoven.apps.accounts.forms.Link",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {  # per account, not per address: two partners often share one
    "login": False,
    "login_failed": "10/m/key",
    "signup": "60/m/ip",
    "reset_password": False,  # counted in recovery.py, where nobody can tell
    "reset_password_from_key": False,  # a link cannot be guessed, and two partners share one "ip"
}
MFA_ADAPTER = "interwoven.apps.guarding.adapter.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "interwoven.apps.guarding.forms.Code",
    "authenticate_webauthn": "interwoven.apps.guarding.forms.PasskeyAfterPassword",
}
MFA_TOTP_TOLERANCE = 1  # half a minute, for clocks and for slow fingers
MFA_RECOVERY_CODE_DIGITS = 12  # so many that nobody guesses one, however long they try

SESSION_ENGINE = "interwoven.infra.sessions"
SESSION_COOKIE_NAME = "__Host-session" if ENV.https else "session"
SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_SECURE = ENV.https
SESSION_COOKIE_SAMESITE = "Lax"
LEFT_COOKIE_NAME = "__Host-left" if ENV.https else "left"  # set by exit.js, by the same names
# Gone at Quick exit, as the session is.
OTHER_COOKIES = {"invitation": "/", "note": "/", LEFT_COOKIE_NAME: "/", "round": "/one-round/"}
CSRF_COOKIE_NAME = "__Host-csrf" if ENV.https else "csrf"
CSRF_COOKIE_SECURE = ENV.https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "interwoven.web.errors.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxy else None

DATA_UPLOAD_MAX_MEMORY_SIZE = 131_072
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 1
DATA_DIR = ENV.data_dir
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # never a disk

USE_TZ = True
TIME_ZONE = ENV.time_zone
LANGUAGE_CODE = "en-gb"
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = ENV.static_dir
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # a page of another site shall not find out that we are here

CACHES = {"default": {"BACKEND": "interwoven.infra.tries.Tries"}}

DEFAULT_FROM_EMAIL = ENV.mail_from
CAN_MAIL = ENV.email is not None or ENV.demo
EMAIL_BACKEND = "interwoven.infra.mail.Queued"
EMAIL_BEHIND_THE_QUEUE = (
    "django.core.mail.backends.smtp.EmailBackend"
    if ENV.email
    else "django.core.mail.backends.console.EmailBackend"
    if ENV.demo
    else "django.core.mail.backends.dummy.EmailBackend"
)
if ENV.email:
    EMAIL_HOST = ENV.email.host
    EMAIL_PORT = ENV.email.port
    EMAIL_HOST_USER = ENV.email.user
    EMAIL_HOST_PASSWORD = ENV.email.password
    EMAIL_USE_TLS = ENV.email.tls == "starttls"
    EMAIL_USE_SSL = ENV.email.tls == "ssl"
    EMAIL_TIMEOUT = 20

ADMINS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    "filters": {"wordless": {"()": "interwoven.infra.logs.Wordless"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["wordless"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # an address that is not there is no news
}
