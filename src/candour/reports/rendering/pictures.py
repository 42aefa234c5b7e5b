"""Pictures on their way into a rendered report."""

from __future__ import annotations

import base64
import struct

from candour.kernel.errors import Invalid
from candour.reports.tree import Figure

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PIXELS_PER_INCH = 144.0


class PictureNotReadable(Invalid):
    """The bytes of a picture are not of the kind that they claim; the reason says which picture."""

    def __init__(self, reason: str) -> None:
        super().__init__("picture_not_readable", reason)


def data_address(figure: Figure) -> str:
    """The picture as a `data:` address, so that a page needs no second request for it."""
    return f"data:{figure.image_type};base64,{base64.b64encode(figure.image).decode('ascii')}"


def as_png(figure: Figure) -> bytes:
    """The picture as PNG: itself, or a drawing of the SVG at 144 pixels to the inch, because older
    versions of Word show no SVG.

    Raises:
        PictureNotReadable: when the SVG cannot be drawn or the PNG is none.
    """
    if figure.image_type == "image/svg+xml":
        return _drawn(figure)
    if not figure.image.startswith(_PNG_SIGNATURE) or len(figure.image) < 24:
        raise PictureNotReadable(f"The picture “{figure.alt}” is not a PNG. Add it again as PNG.")
    return figure.image


def size_of_png(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the image header (PNG, section 11.2.1)."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _drawn(figure: Figure) -> bytes:
    import typst

    source = (
        b"#set page(width: auto, height: auto, margin: 0pt)\n"
        b'#image(bytes(sys.inputs.svg), format: "svg")'
    )
    inputs = {"svg": figure.image.decode("utf-8", errors="replace")}
    compiler = typst.Compiler(source, ignore_system_fonts=True, sys_inputs=inputs)
    try:
        drawn = compiler.compile(format="png", ppi=_PIXELS_PER_INCH)
    except typst.TypstError as refusal:
        raise PictureNotReadable(
            f"The drawing “{figure.alt}” cannot be read: {refusal.message}. Add it again."
        ) from refusal
    return drawn if isinstance(drawn, bytes) else b"".join(drawn or ())
