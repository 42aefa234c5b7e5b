"""Every setting is documented, and all faults in them come at once."""

import pytest
from pydantic import ValidationError

from candour.platform.config import Config
from candour.platform.document_settings import page


def test_every_setting_stands_on_the_page_with_a_meaning() -> None:
    lines = [line for line in page().splitlines() if line.startswith("| `CANDOUR_")]
    assert len(lines) == len(Config.model_fields)
    assert all(line.split("|")[3].strip() for line in lines)


def test_all_faults_are_reported_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_ENV", "holiday")
    monkeypatch.setenv("CANDOUR_HTTPS", "perhaps")
    monkeypatch.setenv("CANDOUR_MAX_UPLOAD_MB", "0")
    with pytest.raises(ValidationError) as caught:
        Config()
    assert {fault["loc"][0] for fault in caught.value.errors()} == {"env", "https", "max_upload_mb"}
