"""The report tree as JSON and back: how a draft is stored, a published report frozen, and the
content handed to the PDF typesetter as data.

Each node is an object whose `kind` names its class in `reports.tree`; tuples are arrays; bytes are
`{"base64": …}`.
"""

from __future__ import annotations

import base64
import dataclasses
import json
from collections.abc import Callable

from candour.kernel.errors import Invalid
from candour.reports import tree

_KINDS: dict[str, Callable[..., object]] = {
    kind.__name__: kind
    for kind in (
        tree.Report,
        tree.Fact,
        tree.Heading,
        tree.Paragraph,
        tree.ListBlock,
        tree.ListItem,
        tree.Table,
        tree.Figure,
        tree.Quote,
        tree.Text,
        tree.Link,
        tree.CrossRef,
        tree.Footnote,
    )
}


class NotAStoredReport(Invalid):
    """The JSON does not hold a report of this form."""

    def __init__(self, fault: object) -> None:
        reason = f"This is not a stored report: {fault}. Restore the draft from its last version."
        super().__init__("not_a_stored_report", reason)


def to_json(report: tree.Report) -> str:
    """The report as JSON text; `from_json` gives back an equal report."""
    return json.dumps(_packed(report), ensure_ascii=False, separators=(",", ":"))


def from_json(stored: str) -> tree.Report:
    """The report held in JSON text.

    Raises:
        NotAStoredReport: when the text is not JSON, or holds something other than a report.
    """
    try:
        report = _unpacked(json.loads(stored))
    except (ValueError, TypeError, KeyError) as fault:
        raise NotAStoredReport(fault) from fault
    if not isinstance(report, tree.Report):
        raise NotAStoredReport("its outermost kind is not Report")
    return report


def _packed(value: object) -> object:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    if isinstance(value, tuple):
        return [_packed(item) for item in value]
    if dataclasses.is_dataclass(value):
        fields = {f.name: _packed(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"kind": type(value).__name__, **fields}
    return value


def _unpacked(value: object) -> object:
    if isinstance(value, list):
        return tuple(_unpacked(item) for item in value)
    if not isinstance(value, dict):
        return value
    if "base64" in value:
        return base64.b64decode(value["base64"], validate=True)
    fields = {name: _unpacked(item) for name, item in value.items() if name != "kind"}
    return _KINDS[value["kind"]](**fields)
