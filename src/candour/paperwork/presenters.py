"""The forms of the work as their pages show them."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse

from candour.cases.access import Access
from candour.cases.steps import Row
from candour.paperwork.composed import Composed
from candour.paperwork.definitions import Definition
from candour.paperwork.schedule import Material
from candour.paperwork.selectors import Paper
from candour.ui.wording import day, instant

Cell = str | dict[str, str]
_FILES = (("Word", "docx"), ("PDF", "pdf"))


def address(access: Access, page: str, **further: str) -> str:
    """The address of a page of this room."""
    return reverse(f"paperwork:{page}", kwargs={"reference": access.case.reference, **further})


def paper_rows(access: Access, papers: Iterable[Paper]) -> list[list[Cell]]:
    """One row a form to fill in."""
    return [
        [
            {"text": each.form.title, "href": address(access, "paper", form=each.form.code)},
            state(each),
        ]
        for each in papers
    ]


def state(paper: Paper) -> str:
    """How far a form has come."""
    if paper.filled is None:
        return "Not begun"
    if paper.filled.finished_at:
        return f"Finished on {day(paper.filled.finished_at)}"
    answered = sum(bool(paper.answer(field.name)) for field in paper.form.fields())
    return f"{answered} of {len(list(paper.form.fields()))} answered"


def composed_rows(access: Access, papers: Iterable[Composed]) -> list[list[Cell]]:
    """One row a paper made from records."""
    return [
        [{"text": each.title, "href": address(access, "composed", record=each.code)}]
        for each in papers
    ]


def standing(paper: Paper) -> list[Row]:
    """Who saved it last, whether it is finished."""
    rows: list[Row] = [{"key": "State", "value": state(paper)}]
    if paper.filled:
        by = f"{instant(paper.filled.saved_at)}, {paper.filled.saved_by.name}"
        rows.append({"key": "Last saved", "value": by})
        rows += [
            {"key": "Opened again", "value": each["reasons"]} for each in paper.filled.opened_again
        ]
    return rows


def actions(access: Access, paper: Paper) -> list[dict[str, object]]:
    """What can be done with it: fill in, finish or open again, take out."""
    may = bool(access.may_write(paper.form.kind))
    done = bool(paper.filled and paper.filled.finished_at)
    acts: list[tuple[str, str]] = []
    if may and not done:
        acts.append(("Fill it in", "fill"))
        acts += [("Finish it", "finish")] if paper.filled else []
    if may and done:
        acts.append(("Open it again", "open_again"))
    shown: list[dict[str, object]] = [
        {
            "text": text,
            "href": address(access, page, form=paper.form.code),
            "secondary": page != "fill",
        }
        for text, page in acts
    ]
    return [*shown, *(files(access, "take", form=paper.form.code) if paper.filled else ())]


def files(access: Access, page: str, **which: str) -> list[dict[str, object]]:
    """Taking it out as Word or PDF."""
    return [
        {
            "text": f"Take it out as {name}",
            "href": address(access, page, file_format=ending, **which),
            "secondary": True,
        }
        for name, ending in _FILES
    ]


def initial(answers: Mapping[str, str], form: Definition) -> dict[str, object]:
    """The answers as the fields of the page take them."""
    days = {field.name for field in form.fields() if field.kind == "day"}
    return {name: _day(value) if name in days else value for name, value in answers.items()}


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def material_rows(material: Iterable[Material]) -> list[list[Cell]]:
    """One row a thing held."""
    return [[each.reference, each.kind, day(each.day)] for each in material]
