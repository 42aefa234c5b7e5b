"""A row written as a line of JSON and read back is the same row, to the last microsecond."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from candour.platform import dump
from candour.platform.databases import ARCHIVE, WORKSPACE
from candour.platform.models import Job, Mail

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
INSTANTS = st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def through_a_line(row: Mail | Job) -> dict[str, object]:
    written = dump._line(row)
    assert "\n" not in written
    back = dump._instance(type(row), json.loads(written))
    return {field.attname: getattr(back, field.attname) for field in row._meta.concrete_fields}


def values(row: Mail | Job) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@given(TEXT, st.binary(max_size=200), INSTANTS)
def test_words_bytes_and_instants_come_back(subject: str, sealed: bytes, at: datetime) -> None:
    row = Mail(to="a@example.org", subject=subject, text_sealed=sealed, queued_at=at)
    back = through_a_line(row)
    back["text_sealed"] = bytes(back["text_sealed"])
    assert back == values(row)


@given(st.dictionaries(TEXT, VALUES, max_size=4), st.none() | TEXT, st.none() | INSTANTS)
def test_nested_json_and_nothing_come_back(
    payload: dict[str, object], key: str | None, done: datetime | None
) -> None:
    row = Job(kind="a.b", payload=payload, requester="system:x", unique_key=key, done_at=done)
    assert through_a_line(row) == values(row)


def test_every_model_comes_after_those_it_refers_to() -> None:
    for alias in (WORKSPACE, ARCHIVE):
        ordered = dump.kept_models(alias)
        for place, model in enumerate(ordered):
            later = set(ordered[place + 1 :])
            assert not dump._refers_to(model) & later, model


def test_no_session_is_ever_kept() -> None:
    kept = {model._meta.label_lower for model in dump.kept_models(WORKSPACE)}
    assert not {label for label in kept if "session" in label}
