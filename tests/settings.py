"""Django settings of the tests: the workspace's, with both databases, on the engine asked for.

`CANDOUR_TEST_DATABASE=postgres` runs them on the PostgreSQL at 127.0.0.1:5432, as superuser;
tests/postgres takes the server's own role to prove row-level security.
"""

import os
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="candour-tests-"))
# `candour migrate` gathers the static files there; the server warns where the folder is missing.
(_folder / "data" / "static").mkdir(parents=True)
os.environ.update(
    CANDOUR_DATA_DIR=str(_folder / "data"),
    CANDOUR_KEY_FILE=str(_folder / "keys" / "service.key"),
    CANDOUR_SECRET_KEY="only-for-tests-" + "x" * 40,
)
if os.environ.get("CANDOUR_TEST_DATABASE") == "postgres":
    server = os.environ.get("CANDOUR_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
    os.environ["CANDOUR_DATABASE_URL"] = f"{server}/candour"
    os.environ["CANDOUR_ARCHIVE_DATABASE_URL"] = f"{server}/candour_archive"

from candour.platform.keys import make_service_key  # noqa: E402
from candour.sites.workspace.settings import *  # noqa: E402, F403

make_service_key(_folder / "keys" / "service.key")

# Argon2 as configured for people costs a tenth of a second a password; the tests set hundreds.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
