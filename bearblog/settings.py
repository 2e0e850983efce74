"""All settings. What may differ between two boxes comes from the environment, through env.py."""

import hashlib
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from bearblog import env
from bearblog.lib import journal, sqlite

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What an operator sets -------------------------------------------------------------------------------

DEBUG = env.boolean("DEBUG", default=False)
SECRET_KEY = env.secret("secret_key")

MAIN_HOST = env.host("MAIN_HOST")
BLOGS_DOMAIN = env.host("BLOGS_DOMAIN", MAIN_HOST)
HTTPS_PORT = env.integer("HTTPS_PORT", default=443, least=1, most=65535)
PUBLIC_IPV4 = env.text("PUBLIC_IPV4", "")
PUBLIC_IPV6 = env.text("PUBLIC_IPV6", "")
# Who is asked about custom domains in the place of the machine's own resolver.
DNS_SERVER = env.server("DNS_SERVER", port=53)

DATA_DIR = env.path("DATA_DIR")
CACHE_DIR = env.path("CACHE_DIR")
# What must not outlive the day, and never reach a backup.
RUNTIME_DIR = env.path("RUNTIME_DIR", str(CACHE_DIR / "runtime"))
WEB_SOCKET = env.text("WEB_SOCKET", "")
# The web server's log, from which readers are counted; empty for none.
ACCESS_LOG = env.text("ACCESS_LOG", "")
HOSTS_DIR = DATA_DIR / "hosts"
MEDIA_ROOT = DATA_DIR / "media"

SIGNUP = env.choice("SIGNUP", default="invite", choices=("open", "invite", "approval", "closed"))
DISCOVER = env.boolean("DISCOVER", default=True)
# Where Django's own admin answers on the main host; empty for nowhere.
ADMIN_PATH = env.text("ADMIN_PATH", "").strip("/")
MEDIA_QUOTA_BYTES = env.integer("MEDIA_QUOTA_MB", default=1000, least=1, most=1_000_000) * 1024 * 1024
# A MaxMind file that knows which country an address belongs to; empty for none.
COUNTRY_DATABASE = env.text("COUNTRY_DATABASE", "")
BLOGS_PER_USER = env.integer("BLOGS_PER_USER", default=10, least=1, most=10_000)

# --- Finished pages ----------------------------------------------------------------------------------------

STORE_PAGES = env.boolean("STORE_PAGES", default=True)
PAGES_MOST_BYTES = env.integer("PAGES_MOST_MB", default=3000, least=10, most=1_000_000) * 1024 * 1024
PAGES_MOST_FILES = env.integer("PAGES_MOST_FILES", default=800_000, least=1000, most=100_000_000)
# Pages that one address may have made for it in a minute, by each process.
PAGES_A_MINUTE = env.integer("PAGES_A_MINUTE", default=300, least=1, most=1_000_000)
# Another release, or another of the settings that show in a page, starts with no page at all.
_SHAPE = f"{MAIN_HOST} {BLOGS_DOMAIN} {HTTPS_PORT} {SIGNUP} {DISCOVER}"
PAGES_KEY = f"{BASE_DIR.name}-{hashlib.sha256(_SHAPE.encode()).hexdigest()[:8]}"

# --- The bucket, and what watches over it ------------------------------------------------------------------

OFF_SITE = env.boolean("OFF_SITE", default=False)
SECOND_BUCKET = env.text("SECOND_BUCKET", "")
REPLICA_URL = env.text("REPLICA_URL", "")
RCLONE_CONFIG = env.text("RCLONE_CONFIG", "")
LITESTREAM_BINARY = env.text("LITESTREAM_BINARY", "litestream")
RCLONE_BINARY = env.text("RCLONE_BINARY", "rclone")
SYNC_SOCKET = env.text("SYNC_SOCKET", "")
# Where rehearsals of a restore are recorded.
DRILL_DIR = env.path("DRILL_DIR", f"{DATA_DIR}-drill")
# Where the doctor keeps the last report.
DOCTOR_REPORT = env.path("DOCTOR_REPORT", f"{DATA_DIR}-doctor/report.json")
# What root sees of this box is written here for the doctor; empty where nobody looks.
SURVEY_FILE = env.text("SURVEY_FILE", "")
# What is broken, and who was told of it: outside the data, so that a restore brings no old alarms.
ALARMS_DIR = env.path("ALARMS_DIR", f"{DATA_DIR}-alarms")
# Where alarms are told, as Slack's incoming webhooks take them, and who gets letters of them; empty for none.
ALARM_WEBHOOK = env.secret("alarm_webhook", "")
ALARM_EMAIL = env.text("ALARM_EMAIL", "")
# The dead-man's switch that hears of each canary; empty for none.
PING_CANARY = env.secret("ping_canary", "")
# Where the worker says that the bucket names this box.
STANDING_SOCKET = env.text("STANDING_SOCKET", "")
# How long an author waits, at most, for the word that a save is safe off the box.
SAFE_WAIT_SECONDS = env.integer("SAFE_WAIT_SECONDS", default=2, least=1, most=30)

# --- Django ------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    # Without its search for tables: the desk names those it shows.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    # Before allauth: our templates stand in the place of its own.
    "bearblog.web.base",
    "bearblog.web.site",
    "bearblog.web.staff",
    "bearblog.web.studio",
    "bearblog.web.reading",
    "bearblog.ops",
    "bearblog.domain.accounts",
    "bearblog.domain.blogs",
    "bearblog.domain.posts",
    "bearblog.domain.media",
    "bearblog.domain.analytics",
    "bearblog.domain.newsletter",
    "bearblog.domain.conversation",
    "bearblog.domain.moderation",
    "bearblog.domain.transfer",
    "bearblog.engines.outbox",
    "bearblog.engines.replication",
    "bearblog.engines.vitals",
    "allauth",
    "allauth.account",
]

# The names with "main_" run on the main host only: blog hosts have no session, sign-in or messages.
MIDDLEWARE = [
    # Around all: whatever is logged for a request names it.
    "bearblog.web.base.request_names.RequestNameMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bearblog.web.base.read_snapshot.read_snapshot",
    "bearblog.web.base.hosts.HostMiddleware",
    # Around the stored pages, which carry no policy.
    "bearblog.web.base.main_host.main_content_security_policy",
    "bearblog.web.base.stored_pages.StoredPagesMiddleware",
    "bearblog.web.base.no_room.NoRoomMiddleware",
    # From here on pages are made.
    "bearblog.web.base.pace.PaceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "bearblog.web.base.main_host.main_address",
    "bearblog.web.base.main_host.main_session",
    "bearblog.web.base.main_host.main_csrf",
    "bearblog.web.base.main_host.main_authentication",
    "bearblog.web.base.main_host.main_messages",
    # Finds none of its addresses on blog hosts, and touches no session there.
    "allauth.account.middleware.AccountMiddleware",
    "bearblog.web.base.main_host.main_privacy",
    "bearblog.web.base.read_only.ReadOnlyMiddleware",
    # Next to the views: it waits for what they have committed, and nothing may come in between.
    "bearblog.web.base.off_site.OffSiteMiddleware",
]

ROOT_URLCONF = "bearblog.urls"
BLOG_URLCONF = "bearblog.web.reading.urls"
WSGI_APPLICATION = "bearblog.wsgi.application"

# HostMiddleware answers 404 for every host that is neither the main one nor a blog's.
ALLOWED_HOSTS = ["*"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_AGE = 90 * 24 * 3600
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "bearblog.web.base.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # CsrfViewMiddleware runs, wrapped so that it serves the main host only
    "security.W002",  # frame-ancestors stands in the Content-Security-Policy
    "security.W004",  # Caddy sends HSTS: on an author's domain it is the author's to widen
    "security.W008",  # Caddy redirects to HTTPS
    # The middleware that the admin asks for runs, wrapped so that it serves the main host only.
    "admin.E408",
    "admin.E409",
    "admin.E410",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bearblog.web.base.read_only.superseded_notice",
            ],
        },
    },
]

# --- Data --------------------------------------------------------------------------------------------------

_SQLITE_OPTIONS = {
    # A deferred transaction that turns into a write fails at once when another writer came between.
    "transaction_mode": "IMMEDIATE",
    # An author waits rather than being refused.
    "timeout": env.integer("DATABASE_TIMEOUT", default=20, least=1, most=600),
}

DATABASES = {
    "default": {
        "ENGINE": "bearblog.engines.replication.database",
        "NAME": DATA_DIR / "bearblog.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            **_SQLITE_OPTIONS,
            # FULL: after a power cut the file must never be older than its replica. Only Litestream empties
            # the log: were it begun anew while Litestream is down, the replica would miss what it held.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-4000;"
            "PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY;",
        },
    },
    "cache": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": CACHE_DIR / "cache.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            **_SQLITE_OPTIONS,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
        },
    },
    # What texts were rendered to. Its file may be deleted at any moment: a connection makes its table anew.
    "rendered": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": CACHE_DIR / "rendered.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            **_SQLITE_OPTIONS,
            # No reader waits for another one's writing: a text that is not kept is rendered again.
            "timeout": 0.05,
            # 65,536 pages are 256 MB, which hold the texts of 80,000 posts of 3 KB.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-256;"
            "PRAGMA journal_size_limit=16777216; PRAGMA max_page_count=65536;"
            "CREATE TABLE IF NOT EXISTS rendered"
            " (cache_key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL, expires TEXT NOT NULL);"
            "CREATE INDEX IF NOT EXISTS rendered_expires ON rendered (expires);",
        },
    },
}
DATABASE_ROUTERS = ["bearblog.lib.cache_router.CacheRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Django's 300 would let a crowd push the counts of limits out of the cache.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    "rendered": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "rendered",
        "TIMEOUT": 30 * 24 * 3600,
        # Its size is what is limited, by the worker, and never in the middle of somebody's page.
        "OPTIONS": {"MAX_ENTRIES": 10_000_000},
    },
}
TASKS = {"default": {"BACKEND": "bearblog.ops.task_backend.TaskBackend"}}

# --- People ------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "bearblog.web.site.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
# One address a person; a new one counts once its letter was answered.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_FORMS = {"add_email": "bearblog.web.site.forms_account.ChangeEmailForm"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# A box without a mail provider must still let the invited in.
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A letter to an address that has no account would let strangers send letters to strangers.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
# allauth's own limits hold for all else; its 20 sign-ups a minute are a flood.
ACCOUNT_RATE_LIMITS = {"signup": "20/h/ip"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "studio:blogs"
ACCOUNT_LOGOUT_REDIRECT_URL = "site:landing"

# --- Letters -----------------------------------------------------------------------------------------------

EMAIL_BACKEND = "bearblog.ops.letters.LetterBackend"
DEFAULT_FROM_EMAIL = env.text("FROM_EMAIL", f"Bearblog <noreply@{MAIN_HOST}>")
MAIL_PROVIDER = env.choice("MAIL_PROVIDER", default="none", choices=("none", "mailgun", "smtp"))
LETTER_BACKEND = {
    "none": "",
    "mailgun": "anymail.backends.mailgun.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
}[MAIL_PROVIDER]
EMAIL_HOST = env.text("SMTP_HOST", "localhost")
EMAIL_PORT = env.integer("SMTP_PORT", default=587, least=1, most=65535)
EMAIL_HOST_USER = env.text("SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.secret("mail_key", "")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
ANYMAIL = {
    "MAILGUN_API_KEY": EMAIL_HOST_PASSWORD,
    "MAILGUN_SENDER_DOMAIN": env.text("MAILGUN_DOMAIN", MAIN_HOST),
    "MAILGUN_API_URL": env.text("MAILGUN_API_URL", "https://api.mailgun.net/v3"),
    "REQUESTS_TIMEOUT": 10,
}

# --- Files, language, time, log ----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_DIR", str(BASE_DIR / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

LANGUAGE_CODE = "en"
# The fixed words of reader pages. The main site speaks English.
LOCALE_PATHS = [BASE_DIR / "bearblog" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

LOGGING = journal.configuration(env.choice("LOG_FORMAT", default="auto", choices=journal.FORMS))
# The web process has no network: it notes its errors, and the worker tells of them.
LOGGING["handlers"]["alarms"] = {
    "class": "bearblog.engines.alarms.handler.SpoolHandler",
    "folder": ALARMS_DIR,
    "package": "bearblog",
}
LOGGING["loggers"] = {
    name: {"handlers": ["alarms"]} for name in ("bearblog", "django.request", "django_tasks")
}

if not sqlite.is_safe():
    raise ImproperlyConfigured(f"SQLite {sqlite.version()} can lose committed writes; install pysqlite3.")
