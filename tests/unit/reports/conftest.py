from dataclasses import replace

import pytest

from candour.reports.tree import (
    CrossRef,
    Fact,
    Figure,
    Footnote,
    Heading,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Report,
    Table,
    Text,
    plain,
)

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" viewBox="0 0 80 40">
<rect x="5" y="5" width="70" height="30" fill="#1d70b8"/></svg>"""


@pytest.fixture
def report() -> Report:
    """One of everything, with characters that each format treats as its own."""
    return Report(
        title="Child Q: a review <draft> & findings",
        subtitle="What the agencies knew, and when",
        language="en-GB",
        marking="OFFICIAL-SENSITIVE",
        metadata=(Fact("Published", "3 March 2026"), Fact("Lead reviewer", "An independent")),
        blocks=(
            Heading(1, "Introduction", "introduction"),
            Paragraph(
                (
                    Text("Plain & <b>not bold</b> #let x = 1 $ * _ "),
                    Text("strong", "strong"),
                    Text(" and "),
                    Text("stressed", "emphasis"),
                    Footnote((Text("A note with "), Link("the Act", "https://example.org/act"))),
                    Text(". See "),
                    CrossRef("the contacts", "contacts"),
                    Text(" or "),
                    Link("the guidance", "https://example.org/a?b=1&c=2"),
                ),
                "p-1",
            ),
            Heading(2, "What happened", "what-happened"),
            ListBlock(False, (ListItem(plain("First"), "l-1"), ListItem(plain("Second"), "l-2"))),
            ListBlock(True, (ListItem(plain("One"), "o-1"), ListItem(plain("Two"), "o-2"))),
            Table(
                "Contacts by agency",
                (plain("Agency"), plain("Contacts")),
                ((plain("Police"), plain("4")), (plain("School"), plain("first\nsecond"))),
                "contacts",
                row_headers=True,
            ),
            Figure(SVG, "image/svg+xml", "A blue bar of four contacts", "Contacts", "figure-1"),
            Quote(plain("Nobody asked me."), "Practitioner account 4", "q-1"),
        ),
    )


@pytest.fixture
def long_table_report(report: Report) -> Report:
    """A report whose only table runs over many pages."""
    rows = tuple(
        (plain(f"{n} March"), plain("Contact " * (n % 9 + 3)), plain("Seen")) for n in range(1, 151)
    )
    header = (plain("Date"), plain("What happened"), plain("Outcome"))
    heading = Heading(1, "Chronology", "chronology")
    return replace(report, blocks=(heading, Table("Every contact", header, rows, "all-contacts")))
