"""Is this installation well? Says nothing of any case."""

import shutil

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from candour.kernel import clock
from candour.platform.config import config
from candour.platform.models import Marker

WORKER_BEAT = "worker_beat"

# A worker that has not beaten for so many seconds is down: it beats each ten.
_SILENT = 120
_LITTLE_ROOM_PERCENT = 5


@require_safe
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """200 when all is well, otherwise 503 with what is not."""
    database, seconds = _database()
    free = _free_percent()
    state = {
        "database": "answers" if database else "does not answer",
        "worker": _worker(seconds),
        "worker_seconds": seconds,
        "disk": "full" if free < _LITTLE_ROOM_PERCENT else "has room",
        "disk_free_percent": free,
    }
    well = database and state["worker"] == "runs" and state["disk"] == "has room"
    return JsonResponse({"well": well, **state}, status=200 if well else 503)


def _database() -> tuple[bool, int | None]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        beat = Marker.objects.filter(name=WORKER_BEAT).first()
    except DatabaseError:
        return False, None
    return True, round((clock.now() - beat.at).total_seconds()) if beat else None


def worker_runs() -> bool:
    """Whether the worker has beaten lately, so that what is asked of it will be done."""
    return _worker(_database()[1]) == "runs"


def _worker(seconds: int | None) -> str:
    if seconds is None:
        return "has never run"
    return "runs" if seconds < _SILENT else "is silent"


def _free_percent() -> int:
    folder = config().data_dir
    usage = shutil.disk_usage(folder if folder.exists() else folder.parent)
    return round(100 * usage.free / usage.total)
