"""An installation of its own, run through the `candour` command as its users run it."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from candour.platform.config import config


@dataclass
class Installation:
    """A data folder and the commands run on it, with the service key of the tests."""

    data: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith("CANDOUR_")
        }
        ours = {"CANDOUR_DATA_DIR": str(self.data), "CANDOUR_KEY_FILE": str(config().key_file)}
        return {**kept, **ours, **self.settings}

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "candour", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, status: int = 0) -> str:
        process = self.start(*arguments)
        out, err = process.communicate()
        assert process.returncode == status, err
        return out + err

    def start_python(self, code: str, *arguments: str) -> "subprocess.Popen[str]":
        setup = "import os; os.environ['DJANGO_SETTINGS_MODULE']='candour.sites.workspace.settings'"
        return subprocess.Popen(
            [sys.executable, "-c", f"{setup}\nimport django; django.setup()\n{code}", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def python(self, code: str) -> str:
        process = self.start_python(code)
        out, err = process.communicate()
        assert process.returncode == 0, err
        return out
