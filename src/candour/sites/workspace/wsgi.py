"""The private site as a WSGI application; refuses to start where a safeguard is missing."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from candour.platform.checks import require_safe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.sites.workspace.settings")
application = get_wsgi_application()
require_safe_start("workspace")

# What was loaded lives as long as the process; collecting it again and again costs every long page
# a tenth of a second.
gc.collect()
gc.freeze()
