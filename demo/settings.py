"""The workspace's settings, with the demonstration's page for signing in with one click."""

from pathlib import Path

from candour.sites.workspace.settings import *  # noqa: F403
from candour.sites.workspace.settings import TEMPLATES

ROOT_URLCONF = "demo.urls"
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], Path(__file__).parent / "templates"]
