"""Django settings. What an installation may change is read from the environment here, and nowhere else:

GONGKAI_DATA          the data folder (default: var/)
GONGKAI_DATABASE_URL  e.g. postgresql://user:password@host/name (default: SQLite in the data folder)
GONGKAI_SECRET_KEY, GONGKAI_IDENTITY_KEY  secrets (default: made on first start, kept in the data folder)
GONGKAI_HOSTS         host names this installation answers to, with commas (default: 127.0.0.1,localhost)
GONGKAI_PROXIES       how many reverse proxies stand before it, whose X-Forwarded-For is believed (default: 0)
GONGKAI_HTTPS         1 behind HTTPS: secure cookies and HSTS (default: 0)
GONGKAI_SITE_POLICE, GONGKAI_SITE_PARTY_MARK, GONGKAI_SITE_REPORT_ERROR
                      公安机关备案号, addresses of 党政机关网站标识 and of 我为政府网站找错, for the foot of the pages
GONGKAI_COUNT_VISITS  1: visits of public pages are counted, by page and day, nothing of the visitor (default: 1)
GONGKAI_FONTS         the agency's own font folder for official letters (default: none)
GONGKAI_MAIL_URL      the mail server, e.g. smtp+tls://user:password@host:587 (default: files in the data folder)
GONGKAI_MAIL_FROM     the sender of its mail (default: gongkai@localhost)
GONGKAI_SMS_BACKEND   dotted path of a class with `send(mobile, text)` (default: a file in the data folder)
GONGKAI_TELL_APPLICANTS  1: applicants who gave an e-mail address are told there that their case has news (default: 1)
GONGKAI_SITE_URL      where it is reached, e.g. https://host, for links in mail (default: none, mail has no link)
GONGKAI_UPLOAD_MAX_MB the largest file that may be uploaded; all files of one form may have three times as much
                      (default: 20)
GONGKAI_CLAMAV        the ClamAV daemon that checks every upload: unix:/path or host:port. If it does not answer, no
                      upload is taken (default: none, no upload is checked for viruses)
GONGKAI_WORDS_FILE    the office's own list of wordings for the privacy scan (TOML, in the form of
                      documents/privacy/data/words.toml; default: none, only the list that comes along)
GONGKAI_QUARANTINE    for which reasons a refused upload is kept apart, with commas (default: infected,scan_unavailable,
                      macros,zip_bomb; others: embedded_file, nested_archive, unsafe_paths; empty: for none)
GONGKAI_QUARANTINE_MAX_MB, GONGKAI_QUARANTINE_DAYS  how much is kept there (default: 500), and how long (default: 90)
GONGKAI_PART_NEEDS_CONSULTATION  1: before a part is withheld for a third party's rights, the third party is asked in
                      writing, as before it would be disclosed (条例 32; a stricter reading [I]; default: 0)
GONGKAI_ITEM_FILE_MAX_MB  the largest file that may go out with a published item (default: 50)
GONGKAI_SUBJECTS_FILE the office's own 主题分类 (TOML, in the form of disclosure/data/subjects.toml; default: none, the
                      list of the State Council's site)
GONGKAI_LAPSED_ARE_REPEALED  1: table 2 counts documents that lapsed or were declared invalid among the repealed, so that
                      the stock adds up (the form does not say [U]); 0: repeals alone (default: 1)
GONGKAI_CHECK_LINKS   1: links to other sites in public texts are tried at night, too (default: 0: only those within)
GONGKAI_MONITOR_WARN_HOME_DAYS, GONGKAI_MONITOR_WARN_NEWS, GONGKAI_MONITOR_WARN_STALE, GONGKAI_MONITOR_WARN_EMPTY,
GONGKAI_MONITOR_WARN_REVIEW_DAYS, GONGKAI_MONITOR_WARN_LATE_DAYS, GONGKAI_MONITOR_WARN_VALIDITY_DAYS
                      from when on the monitor of the columns warns: days without an update of the home page (default: 10),
                      stale columns of news and policy (4) and of others (8), empty ones (2), days before a review (30),
                      before the limit of publishing (7), before a document lapses (90)
GONGKAI_SUSPENDERS    the posts that may take something off the site at once (紧急下线), with commas (default:
                      unit_head,approver,supervisor [I])
GONGKAI_SUSPENDED_DECIDE_DAYS  in how many working days what was so taken down is withdrawn or put back (default: 5 [I])
GONGKAI_PAGE_CACHE_SECONDS  for how long at most a public page is given out again without asking (default: 60; 0: never)
GONGKAI_PAGE_CACHE_MB how much of the memory of each of the two processes those pages may take (default: 32)
GONGKAI_APPLICATIONS_AN_HOUR  how many applications one address may send in an hour (default: 30)
GONGKAI_DEBUG         1 for developers only (default: 0)
"""

from __future__ import annotations

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from gongkai.config.places import data_folder, secret
from gongkai.law import publication

PACKAGE = Path(__file__).resolve().parent.parent

env = environ.Env()
DATA = data_folder()

SECRET_KEY = secret("secret_key", DATA)
#: Root of the keys that seal applicants' identity data (see `vault`). Lose it and that data is lost.
IDENTITY_KEY = secret("identity_key", DATA)
DEBUG = env.bool("GONGKAI_DEBUG", default=False)
ALLOWED_HOSTS: list[str] = env.list("GONGKAI_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
LAPSED_ARE_REPEALED = env.bool("GONGKAI_LAPSED_ARE_REPEALED", default=True)
CHECK_LINKS = env.bool("GONGKAI_CHECK_LINKS", default=False)
MONITOR_WARN_HOME_DAYS: int = env.int("GONGKAI_MONITOR_WARN_HOME_DAYS", default=10)
MONITOR_WARN_NEWS: int = env.int("GONGKAI_MONITOR_WARN_NEWS", default=4)
MONITOR_WARN_STALE: int = env.int("GONGKAI_MONITOR_WARN_STALE", default=8)
MONITOR_WARN_EMPTY: int = env.int("GONGKAI_MONITOR_WARN_EMPTY", default=2)
MONITOR_WARN_REVIEW_DAYS: int = env.int("GONGKAI_MONITOR_WARN_REVIEW_DAYS", default=30)
MONITOR_WARN_LATE_DAYS: int = env.int("GONGKAI_MONITOR_WARN_LATE_DAYS", default=7)
MONITOR_WARN_VALIDITY_DAYS: int = env.int("GONGKAI_MONITOR_WARN_VALIDITY_DAYS", default=90)
SUSPENDERS: list[str] = env.list("GONGKAI_SUSPENDERS", default=sorted(publication.SUSPENDERS))
SUSPENDED_DECIDE_DAYS: int = env.int("GONGKAI_SUSPENDED_DECIDE_DAYS", default=publication.DECIDE_DAYS)
PROXIES: int = env.int("GONGKAI_PROXIES", default=0)
HTTPS = env.bool("GONGKAI_HTTPS", default=False)
FONT_FOLDER: str = env.str("GONGKAI_FONTS", default="")
WORDS_FILE: str = env.str("GONGKAI_WORDS_FILE", default="")
SUBJECTS_FILE: str = env.str("GONGKAI_SUBJECTS_FILE", default="")
SITE_POLICE: str = env.str("GONGKAI_SITE_POLICE", default="")
SITE_PARTY_MARK: str = env.str("GONGKAI_SITE_PARTY_MARK", default="")
SITE_REPORT_ERROR: str = env.str("GONGKAI_SITE_REPORT_ERROR", default="")
PAGE_CACHE_SECONDS: float = env.float("GONGKAI_PAGE_CACHE_SECONDS", default=60.0)
PAGE_CACHE_BYTES: int = env.int("GONGKAI_PAGE_CACHE_MB", default=32) * 1024 * 1024
COUNT_VISITS = env.bool("GONGKAI_COUNT_VISITS", default=True)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "treebeard",
    "axes",
    "csp",
    "django_q",
    "gongkai.vault",
    "gongkai.ledger",
    "gongkai.documents",
    "gongkai.search",
    "gongkai.agencies",
    "gongkai.notifications",
    "gongkai.applications",
    "gongkai.disclosure",
    "gongkai.disputes",
    "gongkai.grassroots",
    "gongkai.annual_report",
    "gongkai.oversight",
    "gongkai.portal",
    "gongkai.desk",
    # Last, so that the portal's own form templates are found first.
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "gongkai.portal.visits.count",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    # Before all that reads the form.
    "gongkai.config.bodies.refuse_large_bodies",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gongkai.desk.door.Door",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "gongkai.config.visitors.keep_the_desk_private",
]

ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]


def database() -> dict[str, object]:
    """SQLite by default, and then durable: an acknowledged application survives a power cut (WAL, synchronous=FULL)."""
    if url := env.str("GONGKAI_DATABASE_URL", default=""):
        return {**environ.Env.db_url_config(url), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "gongkai.sqlite3",
        # Opened once a thread: the last one to close the file would tidy it up, for every page.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


DATABASES = {"default": database()}

# Counts of tries (see `applications.limits`) in the database, which all processes share.
# `django_ratelimit` is no installed app: it has no tables, and its check refuses every cache in a database because
# such a cache does not count atomically. Ours does. More rows, and longer, than any window needs: none is culled in it.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "limits": {
        "BACKEND": "gongkai.config.counting.CountingCache",
        "LOCATION": "gongkai_limits",
        "TIMEOUT": 2 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
}
RATELIMIT_USE_CACHE = "limits"
APPLICATIONS_AN_HOUR: int = env.int("GONGKAI_APPLICATIONS_AN_HOUR", default=30)

AUTH_USER_MODEL = "agencies.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:inbox"
LOGOUT_REDIRECT_URL = "desk:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "desk/locked.html"
AXES_RESET_ON_SUCCESS = True
# The right password during a lockout must not prolong it.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "gongkai.config.visitors.address_of"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
#: Where documents (letters, later uploads) are kept, by their digest.
DOCUMENT_STORE = DATA / "documents"
#: The index of the full-text search: it can be lost, `gongkai search rebuild` makes it anew from the database.
SEARCH_FOLDER = DATA / "search"

#: Jobs (see `gongkai.jobs`). No job is lost: what failed, or died with its worker, is begun again after `retry` seconds,
#: for about a week. One job runs and two wait in the worker's hands, so `retry` is more than three times JOB_SECONDS.
JOB_SECONDS = 300
Q_CLUSTER = {
    "name": "gongkai", "orm": "default", "workers": 1, "timeout": JOB_SECONDS, "retry": 1000, "max_attempts": 600,
    "poll": 0.5, "guard_cycle": 1, "save_limit": 100, "catch_up": False, "recycle": 200,
}  # fmt: skip


def mail() -> dict[str, object]:
    """The mail server; without one, mail is written into files, so that a demonstration can be looked at."""
    if url := env.str("GONGKAI_MAIL_URL", default=""):
        return dict(environ.Env.email_url_config(url))
    return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": DATA / "mail"}


globals().update(mail())
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL: str = env.str("GONGKAI_MAIL_FROM", default="gongkai@localhost")
SMS_BACKEND: str = env.str("GONGKAI_SMS_BACKEND", default="gongkai.notifications.sms.FileBackend")
SMS_FOLDER = DATA / "sms"
PART_NEEDS_CONSULTATION = env.bool("GONGKAI_PART_NEEDS_CONSULTATION", default=False)
TELL_APPLICANTS = env.bool("GONGKAI_TELL_APPLICANTS", default=True)
SITE_URL: str = env.str("GONGKAI_SITE_URL", default="").rstrip("/")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
# Believed only where a proxy stands before us; gunicorn takes the header from 127.0.0.1 alone.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 8 * 3600
CSRF_FAILURE_VIEW = "gongkai.portal.errors.form_expired"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# See `documents.gate`; the request holds the files of one form and its fields.
CLAMAV: str = env.str("GONGKAI_CLAMAV", default="")
QUARANTINE_FOLDER = DATA / "quarantine"
QUARANTINE_REASONS: list[str] = env.list(
    "GONGKAI_QUARANTINE", default=["infected", "scan_unavailable", "macros", "zip_bomb"]
)
QUARANTINE_MAX_BYTES: int = env.int("GONGKAI_QUARANTINE_MAX_MB", default=500) * 1024 * 1024
QUARANTINE_DAYS: int = env.int("GONGKAI_QUARANTINE_DAYS", default=90)
UPLOAD_MAX_BYTES: int = env.int("GONGKAI_UPLOAD_MAX_MB", default=20) * 1024 * 1024
UPLOAD_TOTAL_BYTES = 3 * UPLOAD_MAX_BYTES
ITEM_FILE_MAX_BYTES: int = env.int("GONGKAI_ITEM_FILE_MAX_MB", default=50) * 1024 * 1024
REQUEST_MAX_BYTES = max(UPLOAD_TOTAL_BYTES, ITEM_FILE_MAX_BYTES) + 2 * DATA_UPLOAD_MAX_MEMORY_SIZE
DATA_UPLOAD_MAX_NUMBER_FILES = 30

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
