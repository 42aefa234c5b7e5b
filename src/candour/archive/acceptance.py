"""What the archive accepts: text and mark-up that can do a reader no harm, and anchors that hold.

The archive does not clean what it is given. It refuses, so that what stands here is, byte for byte,
what was cleared for publication.
"""

import re
from html.parser import HTMLParser

from candour.archive.deposit_record import DepositRecord
from candour.kernel.errors import Invalid

_TAGS = frozenset(
    {"h2", "h3", "h4", "h5", "h6", "p", "br", "strong", "em", "a", "ul", "ol", "li", "hr"}
    | {"blockquote", "footer", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    | {"figure", "figcaption", "img", "section", "sup", "sub", "span", "div", "dl", "dt", "dd"}
)
_ATTRIBUTES = frozenset(
    {"id", "href", "src", "alt", "scope", "role", "lang", "colspan", "rowspan", "class"}
    | {"aria-labelledby", "aria-label"}
)
_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(png|jpeg|svg\+xml);base64,", re.IGNORECASE)
_FILE_KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "html": "text/html",
    "briefing": "application/pdf",
}


def require_publishable(frozen: DepositRecord) -> None:
    """Refuse a record that the archive could not show, or could not show safely.

    Raises:
        Invalid: with the first fault found and where it stands.
    """
    _require_facts(frozen)
    ids = _ids_in("the report", frozen.html)
    for paragraph in frozen.paragraphs:
        _ids_in(f"paragraph {paragraph.anchor}", paragraph.html)
    _require_anchors(frozen, ids)
    for file in frozen.files:
        if _FILE_KINDS.get(file.kind) != file.media_type or not file.content:
            raise Invalid(
                "file_not_accepted",
                f"A {file.kind} file of type {file.media_type} with {len(file.content)} bytes "
                "cannot be offered for download. Deposit PDF, Word, OpenDocument or HTML files.",
                field="files",
            )


def _require_facts(frozen: DepositRecord) -> None:
    for name, value in (
        ("deposit_id", frozen.deposit_id),
        ("title", frozen.title.strip()),
        ("publishers", frozen.publishers or frozen.publisher_is_withheld),
        ("paragraphs", frozen.paragraphs),
    ):
        if not value:
            raise Invalid(
                "fact_missing", f"A deposit needs its {name.replace('_', ' ')}.", field=name
            )


def _require_anchors(frozen: DepositRecord, ids: list[str]) -> None:
    anchors = [paragraph.anchor for paragraph in frozen.paragraphs]
    twice = {anchor for anchor in ids if ids.count(anchor) > 1} if len(set(ids)) < len(ids) else ()
    absent = set(anchors) - set(ids)
    repeated = len(set(anchors)) < len(anchors)
    if twice or absent or repeated:
        raise Invalid(
            "anchors_do_not_hold",
            "Every paragraph must be found at one place of the report. Not found: "
            f"{', '.join(sorted(absent)) or 'none'}; found twice: "
            f"{', '.join(sorted(twice)) or ('a paragraph' if repeated else 'none')}.",
            field="paragraphs",
        )


def _ids_in(place: str, html: str) -> list[str]:
    markup = _Markup(place)
    markup.feed(html)
    markup.close()
    return markup.ids


class _Markup(HTMLParser):
    """Reads mark-up and refuses whatever is not on the list."""

    def __init__(self, place: str) -> None:
        super().__init__(convert_charrefs=True)
        self.place = place
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self._refuse(f"<{tag}>")
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def handle_decl(self, decl: str) -> None:
        self._refuse(f"<!{decl[:20]}>")

    def handle_comment(self, data: str) -> None:
        # A comment is text that the reader does not see and that nobody cleared.
        self._refuse("a comment")

    def handle_pi(self, data: str) -> None:
        self._refuse("a processing instruction")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        bad_link = name == "href" and not _LINK.match(value)
        bad_picture = name == "src" and not (tag == "img" and _PICTURE.match(value))
        if name not in _ATTRIBUTES or bad_link or bad_picture:
            self._refuse(f"{name} on <{tag}>")
        if name == "id":
            self.ids.append(value)

    def _refuse(self, what: str) -> None:
        raise Invalid(
            "markup_not_accepted",
            f"The archive does not show {what}, found in {self.place}. Render the report anew "
            "and deposit it again.",
            field="html",
        )
