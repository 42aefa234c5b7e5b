"""PDF: the text of the pages as a reader gets it, and every string and stream of every object, in
the present version of the file and in any earlier one left inside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from candour.engines.anonymise.channels.contents import Contents
from candour.engines.anonymise.channels.markup import read_xml
from candour.engines.anonymise.channels.picture import LOOK_AT_PICTURES
from candour.engines.anonymise.channels.plain import read_raw

if TYPE_CHECKING:
    import pikepdf

Open = Callable[[Contents, bytes, str], None]

_END = re.compile(rb"%%EOF[\r\n]*")
_UNREADABLE = re.compile("[\ufffd\ufffe\ue000-\uf8ff]")
_STRING_CHANNELS = {
    "/Alt": "alternative text",
    "/ActualText": "replacement text",
    "/Title": "title or bookmark",
    "/Author": "author",
    "/Contents": "annotation",
    "/URI": "link target",
    "/UF": "attachment name",
    "/F": "attachment name",
}
_PICTURE_FILTERS = ("/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode")


def read_pdf(contents: Contents, data: bytes, place: str, open_inside: Open) -> None:
    """All channels of a PDF; `open_inside` reads an attachment as a file of its own."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            _read_objects(contents, pdf, place, open_inside)
    except pikepdf.PasswordError:
        contents.cannot_check(place, "the PDF is locked by a password")
        return
    except pikepdf.PdfError as fault:
        contents.cannot_check(place, f"the PDF cannot be opened ({fault})")
        return
    _read_pages(contents, data, place)
    for number, earlier in enumerate(_earlier_versions(data), start=1):
        _read_earlier(contents, earlier, f"{place} > earlier version {number}", open_inside)


def _read_earlier(contents: Contents, data: bytes, place: str, open_inside: Open) -> None:
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            _read_objects(contents, pdf, place, open_inside)
    except pikepdf.PdfError:
        contents.cannot_check(place, "bytes of an earlier version are inside and cannot be opened")
        return
    _read_pages(contents, data, place)


def _earlier_versions(data: bytes) -> Iterator[bytes]:
    """A PDF saved by appending keeps what it was; each end mark but the last closes such a version
    (ISO 32000-1, 7.5.6). The first half of a web-optimised file looks the same: no harm."""
    ends = [match.end() for match in _END.finditer(data)]
    yield from (data[:end] for end in ends[:-1])


def _read_pages(contents: Contents, data: bytes, place: str) -> None:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        contents.cannot_check(f"{place}: text of the pages", f"it cannot be drawn out ({fault})")
        return
    for number in range(len(document)):
        text = document[number].get_textpage().get_text_bounded()
        contents.say("text of the page", f"{place}, page {number + 1}", text)
        if _UNREADABLE.search(text.replace("\ufffe", "-")):
            contents.cannot_check(
                f"{place}, page {number + 1}", "some letters do not say which letters they are"
            )
    document.close()


def _read_objects(contents: Contents, pdf: pikepdf.Pdf, place: str, open_inside: Open) -> None:
    import pikepdf

    strings: defaultdict[str, list[str]] = defaultdict(list)
    attached = {stream.objgen for stream in _attached(pdf)}
    for obj in (pdf.trailer, *pdf.objects):
        for key, text in _strings(obj):
            strings[_STRING_CHANNELS.get(key, f"string {key}")].append(text)
        if isinstance(obj, pikepdf.Stream):
            _read_stream(contents, obj, place, open_inside, is_file=obj.objgen in attached)
    for channel, texts in strings.items():
        contents.say(channel, place, "\n".join(texts))


def _attached(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    import pikepdf

    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Dictionary) and "/EF" in obj:
            yield from (stream for _, stream in obj["/EF"].items())


def _strings(top: pikepdf.Object) -> Iterator[tuple[str, str]]:
    """Strings and names of one object with the key they stand under; references are not followed,
    since every object is visited on its own."""
    import pikepdf

    waiting: list[tuple[str, object]] = [("", top)]
    while waiting:
        key, here = waiting.pop()
        if isinstance(here, pikepdf.Dictionary | pikepdf.Stream):
            for name, item in here.items():
                yield "name", name
                if not getattr(item, "is_indirect", False):
                    waiting.append((name, item))
        elif isinstance(here, pikepdf.Array):
            waiting.extend((key, item) for item in here if not getattr(item, "is_indirect", False))
        elif isinstance(here, pikepdf.String):
            yield key, str(here)
        elif isinstance(here, pikepdf.Name):
            yield "name", str(here)


def _read_stream(
    contents: Contents, stream: pikepdf.Stream, place: str, open_inside: Open, *, is_file: bool
) -> None:
    import pikepdf

    number = stream.objgen[0]
    where = f"{place}, object {number}"
    if _is_picture(stream):
        contents.cannot_check(f"{where}: what the picture shows", LOOK_AT_PICTURES)
        read_raw(contents, stream.read_raw_bytes(), where)
        return
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError as fault:
        contents.cannot_check(where, f"the stream cannot be unpacked ({fault})")
        return
    if is_file:
        open_inside(contents, data, f"{place} > attachment {number}")
    elif str(stream.get("/Type", "")) == "/Metadata":
        read_xml(contents, data, where, "XMP")
    read_raw(contents, data, where)


def _is_picture(stream: pikepdf.Stream) -> bool:
    import pikepdf

    filters = stream.get("/Filter", pikepdf.Array())
    named = (
        [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    )
    return str(stream.get("/Subtype", "")) == "/Image" or any(n in _PICTURE_FILTERS for n in named)
