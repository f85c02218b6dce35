"""Settings of a production site; dev.py and test.py override a few lines. The README lists the environment."""

from pathlib import Path

from . import environment
from .environment import env

BASE_DIR = Path(__file__).resolve().parents[2]
# All that a small site writes: database, uploads, search index, static files; never in git
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

SECRET_KEY = env("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
DEBUG = False

INSTALLED_APPS = [
    "home",
    "recognition",
    "campaigns",
    "library",
    "portal.cms",
    "portal.search",
    "portal.accounts",
    "portal.places",
    "portal.web",
    "allauth",
    "allauth.account",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.accounts.users_app.UsersConfig",  # wagtail.users with our forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "whitenoise.runserver_nostatic",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.web.middleware.ContentSecurityPolicyMiddleware",
    "portal.web.middleware.OtherSitesMiddleware",
    "portal.web.middleware.RequestGuardMiddleware",
    "portal.web.save_data.SaveDataMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.cms.frame.SiteMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

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
                "portal.cms.context_processors.site_chrome",
            ],
            "libraries": {"i18n": "portal.web.templatetags.fixed_words"},
        },
    }
]

SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # `i18n` is there twice on purpose

# Database: SQLite in WAL mode for one commune, PostgreSQL 15+ by DATABASE_URL.
DATABASES = {"default": environment.database(VAR_DIR / "db.sqlite3")}
# Kept open between requests: a new SQLite connection reads the whole schema before its first answer.
DATABASES["default"]["CONN_MAX_AGE"] = 60
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
        "transaction_mode": "IMMEDIATE",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # seconds, then a 503 page
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": environment.cache(VAR_DIR / "cache")}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backends.GrantBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},  # TCVN level 2 without a second factor (vn_rules R2.41)
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/can-bo/"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False  # computers of a commune office are shared: closing the browser signs out
ACCOUNT_FORMS = {
    "login": "portal.accounts.sign_in_forms.LoginForm",
    "change_password": "portal.accounts.sign_in_forms.ChangePasswordForm",
    "reset_password": "portal.accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.sign_in_forms.ResetPasswordKeyForm",
}
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key"}
SESSION_COOKIE_AGE = 60 * 60 * 8

# Language, time
LANGUAGE_CODE = "vi"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "portal/locale", BASE_DIR / "portal/cms/wagtail_locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# An address typed without a scheme is https; the setting goes with Django 6, where this is the rule.
FORMS_URLFIELD_ASSUME_HTTPS = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "portal.web.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))()
MEDIA_URL = env("MEDIA_URL", default="/media/")
USAGE_BACKGROUND = True  # each process writes the uses of the library that it counts in a thread
LIBRARY_ROOT = env.path("LIBRARY_ROOT", default=str(VAR_DIR / "library"))()
EVIDENCE_ROOT = env.path("EVIDENCE_ROOT", default=str(VAR_DIR / "evidence"))()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Outside MEDIA_ROOT and without an address: views hand out its files to those who may see them
    "library": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(LIBRARY_ROOT), "base_url": None},
    },
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(EVIDENCE_ROOT), "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Search: the embedded engine, and before it Elasticsearch when ELASTICSEARCH_URL names a server
SEARCH_INDEX_DIR = env.path("SEARCH_INDEX_DIR", default=str(VAR_DIR / "search"))()
SEARCH_BACKGROUND = True  # each process that changes or searches keeps the index up to date in a thread
ELASTICSEARCH_URL = environment.elasticsearch_url()
ELASTICSEARCH_API_KEY = environment.elasticsearch_api_key()
ELASTICSEARCH_CA_FILE = environment.certificates("ELASTICSEARCH_CA_FILE")
ELASTICSEARCH_INDEX = environment.index_name("ELASTICSEARCH_INDEX", default="portal")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Hosts that portal.web.outbound may ask though they lie in a private network: none but those of tests
OUTBOUND_ALLOWED_HOSTS: list[str] = []
# Those that may be harvested for the library, and nothing else: "kho.noi-bo" or "kho.noi-bo:8080"
HARVEST_ALLOWED_HOSTS = env.list("HARVEST_ALLOWED_HOSTS", default=[])

# Mail
vars().update(environment.email(default="consolemail://"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="no-reply@localhost")

# Other libraries: to whom a harvester writes (else the address in the details of the site)
OAI_ADMIN_EMAIL = env("OAI_ADMIN_EMAIL", default="")

# Wagtail
WAGTAIL_SITE_NAME = "Cổng Khuyến học"
WAGTAILADMIN_BASE_URL = env("SITE_URL", default=f"http://localhost:{env('PORT', default='8000')}")
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "portal.cms.publishing.publish_approved"
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAILIMAGES_IMAGE_MODEL = "cms.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.cms.forms.PortalImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.PortalDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.cms.forms.PortalDocumentForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "heic"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt", "zip", "epub"]
# Recordings of our own, and their subtitles
WAGTAILDOCS_EXTENSIONS += ["mp3", "ogg", "m4a", "wav", "mp4", "webm", "vtt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "portal.cms.rich_text.SettledRichTextArea"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no page of ours calls a foreign server
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS = []
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PARSER_CLASSES": [],  # nothing is ever sent
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "portal.web.api.problem",
    "URL_FORMAT_OVERRIDE": None,
    "STRICT_JSON": True,
}
# From one connection; a whole village may share one
API_REQUESTS_A_MINUTE = 600

SPECTACULAR_SETTINGS = {
    "TITLE": WAGTAIL_SITE_NAME,
    "VERSION": "1",
    "PREPROCESSING_HOOKS": ["portal.web.api_schema.public_api_only"],
    "ENUM_NAME_OVERRIDES": {
        "ResourceKind": "library.enums.Kind",
        "DocumentKind": "library.enums.DocumentKind",
        "DocumentStatus": "library.enums.DocumentStatus",
        "Language": "library.enums.Language",
    },
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "AUTHENTICATION_WHITELIST": [],
}

# Security
SECURE_SSL_REDIRECT = environment.boolean("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^song/$", r"^san-sang/$"]  # a monitor asks the process itself, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many reverse proxies of ours a request passes: their X-Forwarded-For is believed (portal.web.client_address)
TRUSTED_PROXIES = environment.count("TRUSTED_PROXIES", default=0)
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
X_FRAME_OPTIONS = "DENY"
FILE_UPLOAD_HANDLERS = [
    "portal.web.upload_cap.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the Wagtail editor sends one field per block

# Content-Security-Policy in the shape of Django 6's SECURE_CSP (remove the middleware when Django 6 is here).
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
# The Wagtail editor writes inline styles and scripts, and previews pages in frames of its own.
SECURE_CSP_ADMIN = SECURE_CSP | {
    "script-src": ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}
# What is there for programs and the same for everybody: scripts of other sites may read it
OPEN_TO_OTHER_SITES = ("/api/v1/", "/du-lieu-mo/", "/oai", "/opds", "/sru")
PERMISSIONS_DENIED = ["camera", "geolocation", "microphone", "payment", "usb"]  # to every page, ours included

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # it writes a line for each request, and one for each failure, of which portal.search tells
    "loggers": {"elastic_transport": {"level": "ERROR"}},
}
