"""gunicorn's own lines, through the allow-list like everything else."""

from gunicorn.config import Config
from gunicorn.glogging import Logger

from candour.platform import logs


class ServerLog(Logger):
    """No handlers of its own: an address or an exception's message never reaches a log."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        logs.configure()
        for logger in (self.error_log, self.access_log):
            logger.handlers[:] = []
            logger.propagate = True
