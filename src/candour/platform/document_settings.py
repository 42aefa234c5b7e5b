"""Write docs/reference/settings.md from the settings themselves; `--check` only compares.

Run as `python -m candour.platform.document_settings [--check]` in a checkout. Exit status 1 where
the page has drifted.
"""

import sys
from pathlib import Path

from pydantic.fields import FieldInfo

from candour.platform.config import Config, Environment

PAGE = Path("docs/reference/settings.md")

_HEAD = """# Settings

Candour is configured by environment variables alone. This page is generated from
`candour.platform.config`; `python -m candour.platform.document_settings` writes it anew.
All faults in them are reported together when a command starts.

| Variable | Default | What it is |
|---|---|---|
"""


def page() -> str:
    """The page as it should be."""
    rows = (_row(name, field) for name, field in Config.model_fields.items())
    return _HEAD + "".join(rows)


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` say whether it stands as it should."""
    if arguments == ["--check"]:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
            return 0
        sys.stderr.write(f"{PAGE} has drifted: python -m candour.platform.document_settings\n")
        return 1
    if arguments:
        sys.stderr.write("Usage: python -m candour.platform.document_settings [--check]\n")
        return 2
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


def _row(name: str, field: FieldInfo) -> str:
    return f"| `CANDOUR_{name.upper()}` | {_default(field.default)} | {_meaning(field)} |\n"


def _default(value: object) -> str:
    if value in ("", None):
        return "empty"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        # Lists are written in the environment as JSON.
        return "`[" + ", ".join(f'"{item}"' for item in value) + "]`"
    return f"`{value}`"


def _meaning(field: FieldInfo) -> str:
    if field.annotation is Environment:
        return f"{field.description}: {', '.join(f'`{choice}`' for choice in Environment)}"
    return field.description or ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
