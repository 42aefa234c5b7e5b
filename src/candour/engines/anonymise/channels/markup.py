"""XML and HTML: visible words, deleted and hidden ones, attributes, comments."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from candour.engines.anonymise.channels.contents import Contents
from candour.engines.anonymise.channels.plain import decoded

# Elements that may stand inside a word: their ends do not end it.
_INSIDE_WORDS = re.compile(
    "r|t|rPr|delText|instrText|span|a|b|i|em|strong|u|s|sup|sub|small|mark|code|q|cite|abbr|font|"
    "time|hyperlink|ins|del|moveTo|moveFrom|smartTag|sdt|sdtContent|fldSimple|bookmarkStart|"
    "bookmarkEnd|proofErr|softHyphen|noBreakHyphen|customXml|wbr|bdo|bdi|tspan"
)
_ALWAYS_BREAK = re.compile("br|tab|cr|p|tr|tc|td|th|li|si|row|c|hr|line-break")
_DELETED = frozenset(("delText", "delInstrText", "del", "moveFrom"))
_ATTRIBUTE_CHANNELS = {
    "descr": "alternative text",
    "alt": "alternative text",
    "aria-label": "alternative text",
    "author": "author of a change or comment",
    "initials": "author of a change or comment",
    "Target": "link target",
    "href": "link target",
    "src": "link target",
}
_OFFICE = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")
_EMBEDDED_MARKUP = re.compile(r"<[a-zA-Z!/][^>]*>")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(slots=True)
class _Words:
    """Text gathered by channel, with a line break wherever a word cannot go on."""

    by_channel: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, channel: str, text: str | None, *, office: bool) -> None:
        laid_out = office and text is not None and "\n" in text and not text.strip()
        if text and not laid_out:
            self.by_channel[channel].append(text)

    def end_word(self) -> None:
        for pieces in self.by_channel.values():
            pieces.append("\n")


def read_xml(contents: Contents, data: bytes, place: str, label: str = "text") -> None:
    """An XML part; entities are not resolved and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        contents.cannot_check(place, f"the XML cannot be parsed ({fault.msg})")
        contents.say(label, place, decoded(data) or "")
        return
    _read_tree(contents, root, place, label)
    source = decoded(data) or ""
    contents.say(f"{label}: source", place, source, raw=True)
    if "<!ENTITY" in source:
        contents.cannot_check(place, "the XML declares entities, which are never resolved")


def read_html(contents: Contents, data: bytes, place: str) -> None:
    """A page: title, words, attributes, meta, comments, scripts."""
    text = decoded(data)
    if text is None:
        contents.cannot_check(place, "the bytes are no text in a known encoding")
        return
    read_html_text(contents, text, place, "text")


def read_html_text(contents: Contents, text: str, place: str, label: str) -> None:
    """HTML already decoded, such as that packed inside a feed."""
    try:
        root = html.document_fromstring(_DECLARATION.sub("", text))
    except (etree.ParserError, ValueError) as fault:
        contents.cannot_check(place, f"the HTML cannot be parsed ({fault})")
    else:
        _read_tree(contents, root, place, label)
    contents.say(f"{label}: source", place, text, raw=True)


def _read_tree(contents: Contents, root: etree._Element, place: str, label: str) -> None:
    words = _Words()
    attributes: defaultdict[str, list[str]] = defaultdict(list)
    for beside in (*root.itersiblings(preceding=True), *root.itersiblings()):
        words.add("hidden comment", beside.text, office=False)
    _gather(root, words, attributes, label)
    for channel, pieces in words.by_channel.items():
        text = "".join(pieces)
        contents.say(channel, place, text)
        if _EMBEDDED_MARKUP.search(text) and "HTML inside" not in label:
            read_html_text(contents, text, place, f"HTML inside {channel}")
    for channel, values in attributes.items():
        contents.say(channel, place, "\n".join(values))


def _gather(
    root: etree._Element, words: _Words, attributes: defaultdict[str, list[str]], label: str
) -> None:
    """Walk the tree once, keeping for each open element the channel that its words belong to."""
    channels = [label]
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        office = any(uri.startswith(_OFFICE) for uri in element.nsmap.values())
        if event in ("comment", "pi"):
            words.add("hidden comment", f"{element.text}\n", office=False)
            words.add(channels[-1], element.tail, office=office)
        elif event == "start":
            channels.append(_channel(element, channels[-1], label))
            words.add(channels[-1], _own_text(element), office=office and _local(element) != "t")
            for channel, value in _attributes(element, label):
                attributes[channel].append(value)
        else:
            channels.pop()
            if _ends_word(element):
                words.end_word()
            words.add(channels[-1], element.tail, office=office)


def _own_text(element: etree._Element) -> str | None:
    return "-" if _local(element) == "noBreakHyphen" else element.text


def _channel(element: etree._Element, outer: str, label: str) -> str:
    local = _local(element)
    if local in _DELETED and element.prefix is not None:
        return f"{label}: deleted"
    if local == "instrText":
        return f"{label}: field code"
    if local == "r" and element.find("{*}rPr/{*}vanish") is not None:
        return f"{label}: hidden"
    return outer


def _ends_word(element: etree._Element) -> bool:
    local = _local(element)
    if _ALWAYS_BREAK.fullmatch(local):
        return True
    return not _INSIDE_WORDS.fullmatch(local) and bool((element.text or "").strip())


def _attributes(element: etree._Element, label: str) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        attribute = etree.QName(str(name)).localname if "{" in str(name) else str(name)
        meaning = _ATTRIBUTE_CHANNELS.get(attribute, f"attribute {_local(element)} {attribute}")
        yield f"{label}: {meaning}", str(value)


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
