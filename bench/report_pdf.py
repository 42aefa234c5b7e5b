"""How long the PDF of a long report takes: 60 pages or more, with a table of 400 rows.

Run: .venv/bin/python bench/report_pdf.py. The bar is 3 seconds on two cores. WeasyPrint is timed
beside it when it is installed; it is not a dependency.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable

from candour.reports.rendering.html import to_html
from candour.reports.rendering.pdf import to_pdf
from candour.reports.rendering.pdf_facts import pdf_facts
from candour.reports.rendering.word import to_docx
from candour.reports.tree import Block, Footnote, Heading, Paragraph, Report, Table, Text, plain

BAR_SECONDS = 3.0
SENTENCE = "The health visitor called at the home and found nobody there, and wrote to Mother. "


def long_report() -> Report:
    """A report of some 60 pages: twelve chapters of prose, then one table of 400 rows."""
    chapters = tuple(block for chapter in range(12) for block in _chapter(chapter))
    header = tuple(plain(name) for name in ("Date", "Agency", "What happened", "What followed"))
    rows = tuple(
        (plain(f"{n % 28 + 1} March 2014"), plain("Police"), plain(SENTENCE * 2), plain(SENTENCE))
        for n in range(400)
    )
    table = Table("The integrated chronology", header, rows, "chronology")
    last = Heading(1, "Appendix: chronology", "appendix")
    return Report("A long review", "For timing", "en-GB", "", (), (*chapters, last, table))


def _chapter(chapter: int) -> tuple[Block, ...]:
    note = Footnote((Text("Working Together to Safeguard Children."),))
    paragraphs = tuple(
        Paragraph((Text(SENTENCE * 7), note), f"c{chapter}-p{number}") for number in range(16)
    )
    return (Heading(1, f"Chapter {chapter + 1}", f"c{chapter}"), *paragraphs)


def timed(name: str, work: Callable[[], bytes]) -> bytes:
    """Run the work three times and print the middle duration in seconds."""
    durations = []
    for _ in range(3):
        started = time.perf_counter()
        made = work()
        durations.append(time.perf_counter() - started)
    print(f"{name:<28}{sorted(durations)[1]:6.2f} s  {len(made) / 1000:8.0f} kB")
    return made


def weasyprint_pdf(report: Report) -> bytes:
    """The same report through WeasyPrint, tagged."""
    import weasyprint

    page = f"<html lang=en-GB><title>{report.title}</title><body>{to_html(report)}</body></html>"
    made: bytes = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    return made


def main() -> None:
    """Print the durations, and the facts that make them worth having."""
    report = long_report()
    facts = pdf_facts(timed("PDF (Typst, PDF/UA-1)", lambda: to_pdf(report)))
    told = f"{facts.pages} pages, {facts.table_count} Table, {facts.th_count} TH"
    print(f"  {told}; bar {BAR_SECONDS} s")
    timed("Word", lambda: to_docx(report))
    timed("Page", lambda: to_html(report).encode())
    if importlib.util.find_spec("weasyprint") is None:
        print("WeasyPrint                  not installed")
        return
    other = pdf_facts(timed("PDF (WeasyPrint)", lambda: weasyprint_pdf(report)))
    print(f"  {other.pages} pages, {other.table_count} Table, {other.th_count} TH")


if __name__ == "__main__":
    main()
