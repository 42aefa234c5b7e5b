"""The public site as a WSGI application.

The server before it must not write query strings to its logs: they hold what people searched for.
"""

import os

from django.core.wsgi import get_wsgi_application

from candour.platform.checks import require_safe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.sites.archive.settings")
application = get_wsgi_application()
require_safe_start("archive")
