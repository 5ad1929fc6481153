"""The one settings module; README lists the environment variables it reads."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from config import environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.text("DATA_DIR", str(BASE_DIR / ".data"))).expanduser().absolute()
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(
        f"The data folder {DATA_DIR} can't be made: {error}. Set DATA_DIR to one that can."
    ) from error

DEBUG = environment.flag("DEBUG", default=False)
SECRET_KEY = environment.secret_key(DATA_DIR)

# --- where readers reach the site ---------------------------------------------------------------
PUBLIC_URL = environment.text("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
_public = urlsplit(PUBLIC_URL)
if _public.scheme not in {"http", "https"} or not _public.hostname:
    raise ImproperlyConfigured(
        f"PUBLIC_URL={PUBLIC_URL!r}: write the whole address, for example https://debates.example.org."
    )
_host = f"[{_public.hostname}]" if ":" in _public.hostname else _public.hostname
ALLOWED_HOSTS = [_host, *environment.words("ALLOWED_HOSTS")]
if _host in {"127.0.0.1", "localhost", "[::1]"}:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
HTTPS = _public.scheme == "https"
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = environment.flag("HSTS_SUBDOMAINS", default=HTTPS)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
BEHIND_PROXY = HTTPS and environment.flag("BEHIND_PROXY", default=True)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# --- the rooms of the house, ground floor last ---------------------------------------------------
HOUSE = [
    "pages",
    "api",
    "editing",
    "exchange",
    "review",
    "search",
    "record",
    "positions",
    "debate",
    "speakers",
]
INSTALLED_APPS = [
    *HOUSE,
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "simple_history",
    "axes",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "api.kept.KeptAnswers",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- data -----------------------------------------------------------------------------------------
DATABASES = {"default": environment.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SEARCH_INDEX_DIR = Path(environment.text("SEARCH_INDEX_DIR", str(DATA_DIR / "search")))
EXPORTS_DIR = Path(environment.text("EXPORTS_DIR", str(DATA_DIR / "exports")))
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
LOAD_BUNDLED = environment.flag("LOAD_BUNDLED", default=True)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- who comes in: guessing is held back by name and address together, so that nobody locks out others -----
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "review.auditing.address_of"
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_DISABLE_ACCESS_LOG = True  # the audit log has it
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
SESSION_COOKIE_AGE = environment.number("SESSION_HOURS", 12) * 3600  # from the login on
AUDIT_DAYS = environment.number("AUDIT_DAYS", 730)
# A long text in Korean takes nine bytes a letter in a form, a table of who appeared a field a cell.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- languages: of the interface, and of the record's bilingual text (one column each) --------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ko", _("Korean"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("TIME_ZONE", "Asia/Seoul")

# --- static files: through the finders in a checkout, collected, hashed and compressed in the image --
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_HASHED = environment.flag("STATIC_HASHED", default=False)
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"))) if STATIC_HASHED else None
WHITENOISE_USE_FINDERS = not STATIC_HASHED
WHITENOISE_KEEP_ONLY_HASHED_FILES = STATIC_HASHED
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.static_files.HashedFiles"
        if STATIC_HASHED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- faces ----------------------------------------------------------------------------------------
SITE_NAME = environment.text("SITE_NAME", "Debate Record")
CONTACT_URL = environment.link("CONTACT_URL")
CONTACT_EMAIL = environment.text("CONTACT_EMAIL")
LOGIN_URL = "admin:login"
LOG_LEVEL = environment.text("LOG_LEVEL", "INFO").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # Whoever asks for a host that is not ours gets a 400; it is no news.
    "loggers": {
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "axes": {"level": "WARNING"},  # the audit log says it once
    },
}
API_RATE = environment.number("API_RATE", 600)  # requests a minute from one address; 0 is any number
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["api.formats.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "api.schema.DescribedByShape",
    "DEFAULT_THROTTLE_CLASSES": ["api.throttling.Throttle"],
    "NUM_PROXIES": int(BEHIND_PROXY),
    "EXCEPTION_HANDLER": "api.problems.as_response",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Debate Record",
    "DESCRIPTION": (
        "The public record of policy debates: who said what, in what capacity, on which question, with the evidence."
        " Everybody may read it, without a key. Summaries are the editors' paraphrase, never the words spoken."
    ),
    "VERSION": "1",
    "LICENSE": {"name": "CC BY 4.0 (the data)", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "SERVE_INCLUDE_SCHEMA": False,
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": [],  # enumerations are named by api.schema
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "validatorUrl": None},
}
