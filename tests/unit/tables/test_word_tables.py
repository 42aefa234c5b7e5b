"""Word tables: every word kept, in reading order, with what was changed beside it."""

from __future__ import annotations

from collections.abc import Callable

from candour.engines.tables import Row, TableFile, read_tables

Maker = Callable[..., bytes]


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def first_row(data: bytes) -> Row:
    return read(data).tables[0].rows[0]


def read(data: bytes) -> TableFile:
    return read_tables(data, "chronology.docx")


def event(data: bytes) -> str:
    cell = first_row(data).under("Event")
    assert cell is not None
    return cell.text


def test_insertions_are_kept_and_deletions_listed_apart(word_table: Maker) -> None:
    xml = (
        f"<w:p>{run('Seen ')}<w:ins>{run('at home ')}</w:ins>"
        '<w:del><w:r><w:delText xml:space="preserve">not </w:delText></w:r></w:del>'
        "<w:del><w:r><w:delText>asleep</w:delText></w:r></w:del>"
        f"{run('alone.')}</w:p>"
    )
    row = first_row(word_table(("1 May 2012", xml, "")))
    assert row.cells[1].text == "Seen at home alone."
    assert row.cells[1].deleted == ("not asleep",)


def test_a_move_is_kept_where_it_went_and_dropped_where_it_was(word_table: Maker) -> None:
    xml = (
        f"<w:p><w:moveFrom>{run('Moved. ')}</w:moveFrom>{run('Stays. ')}<w:moveTo>"
        f"{run('Moved.')}</w:moveTo></w:p>"
    )
    assert event(word_table(("1 May 2012", xml, ""))) == "Stays. Moved."


def test_controls_links_tags_and_fields_are_transparent(word_table: Maker) -> None:
    xml = (
        f"<w:p><w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>"
        f"{run('a ')}</w:sdtContent></w:sdt>"
        f"<w:hyperlink>{run('b ')}</w:hyperlink><w:smartTag>{run('c ')}</w:smartTag>"
        f"<w:fldSimple w:instr='PAGE'>{run('d ')}</w:fldSimple>"
        "<w:r><w:instrText>MERGEFIELD secret</w:instrText></w:r>"
        f"{run('e')}</w:p>"
    )
    assert event(word_table(("1 May 2012", xml, ""))) == "a b c d e"


def test_a_control_round_a_cell_or_a_row_hides_nothing(word_table: Maker) -> None:
    cell = (
        "<w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>2 May 2012</w:t>"
        "</w:r></w:p></w:tc></w:sdtContent></w:sdt>"
    )
    row = f"<w:tr>{cell}<w:tc><w:p>{run('Visit')}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    wrapped = f"<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>"
    rows = read(word_table(row, wrapped)).tables[0].rows
    assert [[cell.text for cell in each.cells] for each in rows] == [
        ["2 May 2012", "Visit", ""]
    ] * 2


def test_nested_tables_paragraphs_breaks_and_tabs_become_one_space(word_table: Maker) -> None:
    nested = (
        f"<w:tbl><w:tr><w:tc><w:p>{run('in')}</w:p></w:tc><w:tc><w:p>"
        f"{run('side')}</w:p></w:tc></w:tr></w:tbl>"
    )
    xml = (
        f"<w:p>{run('one')}<w:r><w:br/></w:r>{run('two')}<w:r><w:tab/>"
        f"</w:r>{run('three')}</w:p>{nested}<w:p>{run('after')}</w:p>"
    )
    data = word_table(("1 May 2012", xml, ""))
    assert event(data) == "one two three in side after"
    assert len(read(data).tables[0].rows) == 1


def test_soft_hyphens_go_hard_hyphens_and_spaces_become_plain(word_table: Maker) -> None:
    words = (run("so\u00adcial\u00a0 care"), run("led\u2011x"))
    xml = f"<w:p>{words[0]}<w:r><w:noBreakHyphen/></w:r>{words[1]}</w:p>"
    assert event(word_table(("1 May 2012", xml, ""))) == "social care-led-x"


def test_notes_and_comments_are_listed_beside_the_text(word_table: Maker) -> None:
    space = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    xml = (
        "<w:p><w:commentRangeStart w:id='0'/><w:r><w:t>No children</w:t></w:r>"
        "<w:commentRangeEnd w:id='0'/><w:r><w:commentReference w:id='0'/></w:r>"
        "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:endnoteReference w:id='5'/></w:r></w:p>"
    )
    data = word_table(
        ("1 May 2012", xml, ""),
        parts={
            "word/comments.xml": (
                f"<w:comments {space}><w:comment w:id='0' w:author='A B'>"
                f"<w:p>{run('Were there')}</w:p></w:comment></w:comments>"
            ),
            "word/footnotes.xml": (
                f"<w:footnotes {space}>"
                f"<w:footnote w:id='-1' w:type='separator'/>"
                f"<w:footnote w:id='2'><w:p>{run('Foot')}</w:p></w:footnote>"
                f"</w:footnotes>"
            ),
            "word/endnotes.xml": (
                f"<w:endnotes {space}><w:endnote w:id='5'><w:p>{run('End')}</w:p>"
                f"</w:endnote></w:endnotes>"
            ),
        },
        links=(
            ("c", "comments", "comments.xml", False),
            ("f", "footnotes", "footnotes.xml", False),
            ("e", "endnotes", "endnotes.xml", False),
        ),
    )
    cell = first_row(data).cells[1]
    assert cell.text == "No children"
    assert [(c.author, c.anchor, c.text) for c in cell.comments] == [
        ("A B", "No children", "Were there")
    ]
    assert (cell.footnotes, cell.endnotes) == (("Foot",), ("End",))
    assert {"A B: Were there", "Foot", "End"} <= {leak.text for leak in read(data).leaks}


def test_a_merged_cell_names_the_row_it_reaches_from(word_table: Maker) -> None:
    def row(merge: str, text: str) -> str:
        date = f"<w:tc><w:tcPr><w:vMerge{merge}/></w:tcPr><w:p>{run(text)}</w:p></w:tc>"
        return f"<w:tr>{date}<w:tc><w:p>{run('x')}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"

    rows = read(word_table(row(' w:val="restart"', "1 May 2012"), row("", ""))).tables[0].rows
    assert [each.cells[0].merged_from for each in rows] == [None, 2]


def test_a_row_deleted_with_changes_tracked_is_no_entry_but_stays_in_sight(
    word_table: Maker,
) -> None:
    gone = (
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:del><w:r><w:delText>"
        "9 May</w:delText></w:r></w:del></w:p></w:tc>"
        "<w:tc><w:p><w:del><w:r><w:delText>Amy&#8217;s call</w:delText>"
        "</w:r></w:del></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    )
    added = (
        f"<w:tr><w:trPr><w:ins/></w:trPr><w:tc><w:p>{run('3 May 2012')}</w:p>"
        f"</w:tc><w:tc><w:p>{run('x')}</w:p></w:tc><w:tc><w:p/></w:tc>"
        f"</w:tr>"
    )
    file = read(word_table(gone, added))
    assert [(r.row_index, r.kind, r.text) for r in file.tables[0].non_entry_rows] == [
        (2, "deleted_row", "9 May | Amy’s call")
    ]
    assert [r.inserted_row for r in file.tables[0].rows] == [True]
    assert any("Amy" in leak.text for leak in file.leaks)


def test_an_empty_row_deleted_with_changes_tracked_is_a_deleted_row(word_table: Maker) -> None:
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"
    table = read(word_table(gone, ("1 May 2012", "x", ""))).tables[0]
    assert [(row.row_index, row.kind) for row in table.non_entry_rows] == [(2, "deleted_row")]


def test_hidden_text_is_not_shown_and_not_lost(word_table: Maker) -> None:
    xml = f"<w:p>{run('Seen.')}<w:r><w:rPr><w:vanish/></w:rPr><w:t> By M Smith</w:t></w:r></w:p>"
    file = read(word_table(("1 May 2012", xml, "")))
    assert file.tables[0].rows[0].cells[1].text == "Seen."
    assert ("hidden text, table 1 row 2", "By M Smith") in [(k.where, k.text) for k in file.leaks]


def test_a_text_box_is_read_once(word_table: Maker) -> None:
    box = f"<w:txbxContent><w:p>{run('boxed')}</w:p></w:txbxContent>"
    xml = (
        "<w:p><w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert event(word_table(("1 May 2012", xml, ""))) == "boxed"


def test_a_picture_in_a_cell_is_said(word_table: Maker) -> None:
    xml = "<w:p><w:r><w:drawing><a:blip xmlns:a='a'/></w:drawing></w:r></w:p>"
    problems = read(word_table(("1 May 2012", xml, ""))).problems
    assert [(p.code, p.where) for p in problems] == [("picture", "table 1 row 2")]


def test_headers_footers_and_properties_are_leaks(word_table: Maker) -> None:
    space = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    file = read(
        word_table(
            ("1 May 2012", "x", ""),
            parts={
                "word/header1.xml": f"<w:hdr {space}><w:p>{run('SMITH, Jo')}</w:p></w:hdr>",
                "docProps/core.xml": "<c xmlns:dc='d'><dc:creator>Ann Lee</dc:creator></c>",
                "docProps/app.xml": "<p><Company>A Council</Company></p>",
                "docProps/custom.xml": "<p><property name='Case'><v>JO SMITH</v></property></p>",
            },
            links=(("h", "header", "header1.xml", False),),
        )
    )
    found = {leak.where: leak.text for leak in file.leaks}
    assert found["header"] == "SMITH, Jo"
    assert found["properties:creator"] == "Ann Lee"
    assert found["properties:company"] == "A Council"
    assert found["properties:custom Case"] == "JO SMITH"


def test_two_columns_of_one_name_keep_both_their_words(word: Maker) -> None:
    def row(*texts: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc><w:p>{run(t)}</w:p></w:tc>" for t in texts) + "</w:tr>"

    table = row("Date", "Comment", "Comment") + row("1 May 2012", "first", "second")
    cells = first_row(word(f"<w:tbl>{table}</w:tbl>")).cells
    assert {c.heading: c.text for c in cells} == {
        "Date": "1 May 2012",
        "Comment": "first",
        "Comment (2)": "second",
    }


def test_strict_files_are_read_like_any_other(word_table: Maker) -> None:
    import io
    import zipfile

    plain = word_table(("1 May 2012", "Visit", ""))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(
                name,
                text.replace(
                    "schemas.openxmlformats.org/wordprocessingml/2006/main",
                    "purl.oclc.org/ooxml/wordprocessingml/main",
                ),
            )
    assert event(stream.getvalue()) == "Visit"
