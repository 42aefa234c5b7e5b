"""The integrated chronology as a tagged PDF: A3 landscape, headings repeated on every page."""

from __future__ import annotations

import json
from typing import Final

from candour.engines.tables.colours import tint_of
from candour.engines.tables.integrated import Integrated
from candour.engines.tables.layout import COLUMNS, EVERYTHING, Layout

# Shares of the page's width, as in the Word file.
_SHARES: Final = dict(
    zip(COLUMNS, (15, 14, 14, 14, 10, 17, 42, 10, 25, 20, 15, 17, 18, 19, 15), strict=True)
)
_TEMPLATE: Final = b"""
#let told = json(bytes(sys.inputs.told))
#set document(title: told.title)
#set text(lang: "en", region: "gb", size: 8pt, font: ("New Computer Modern", "DejaVu Sans Mono"))
#set par(justify: false)
#set page(paper: "a3", flipped: true, margin: 15mm,
  header: align(center, text(weight: "bold", told.marking)),
  footer: context align(center)[
    #told.marking, page #counter(page).display() of #counter(page).final().first()])
= #told.title
#table(
  columns: told.shares.map(share => share * 1fr),
  inset: 3pt, stroke: 0.4pt + rgb("#808080"),
  table.header(..told.headings.map(name => table.cell(fill: rgb("#D9D9D9"), strong(name)))),
  ..told.rows.map(row => row.cells.enumerate().map(((at, words)) =>
    table.cell(fill: if at == told.agency { rgb(row.tint) }, words))).flatten()
)
"""


def chronology_pdf(
    integrated: Integrated,
    title: str,
    marking: str = "OFFICIAL-SENSITIVE",
    layout: Layout = EVERYTHING,
) -> bytes:
    """Return a PDF that passes the typesetter's PDF/UA-1 checks, one table of all entries.

    The words travel as data and never as the typesetter's source. Raises ValueError where the
    typesetter has no letters for some words, with what it says.
    """
    import typst

    told = json.dumps(_told(integrated, title, marking, layout))
    compiler = typst.Compiler(_TEMPLATE, ignore_system_fonts=True, sys_inputs={"told": told})
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as refusal:
        message = f"The PDF could not be made: {refusal.message}. Word and Excel take every letter."
        raise ValueError(message) from refusal
    if not isinstance(made, bytes):
        raise ValueError("The typesetter gave no PDF. Try again, or take Word or Excel.")
    return made


def _told(integrated: Integrated, title: str, marking: str, layout: Layout) -> dict[str, object]:
    names, tints = layout.headings, tint_of(integrated.agencies)
    return {
        "title": title,
        "marking": marking,
        "headings": names,
        "shares": [_SHARES[name] for name in names],
        "agency": names.index("Agency") if "Agency" in names else -1,
        "rows": [
            {"tint": f"#{tints[entry.agency]}", "cells": [words[name] for name in names]}
            for entry, words in layout.records(integrated)
        ],
    }
