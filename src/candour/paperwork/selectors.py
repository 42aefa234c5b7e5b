"""Reading the forms of a case: those filled in by hand and those made from records."""

from collections.abc import Iterator
from dataclasses import dataclass

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.kernel.errors import Hidden
from candour.paperwork.composed import COMPOSED, Composed, Part
from candour.paperwork.definitions import Definition, definition, definitions
from candour.paperwork.known import known
from candour.paperwork.models import FilledForm


@dataclass(frozen=True)
class Paper:
    """A form to fill in, with what is filled in so far."""

    form: Definition
    filled: FilledForm | None

    def answer(self, name: str) -> str:
        """What was answered; blank where nothing was."""
        return str(self.filled.answers.get(name, "")) if self.filled else ""


def papers_of(access: Access) -> list[Paper]:
    """The forms that this person may read, in the order of the work."""
    held = {each.form: each for each in FilledForm.objects.filter(case=access.case)}
    return [
        Paper(form, held.get(form.code)) for form in definitions() if access.may_read(form.kind)
    ]


def paper_of(access: Access, code: str) -> Paper:
    """One form; Hidden where there is none, or not for this person."""
    form = definition(code)
    if not access.may_read(form.kind):
        raise Hidden
    filled = FilledForm.objects.filter(case=access.case, form=code).first()
    return Paper(form, filled)


def begins_as(access: Access, paper: Paper) -> dict[str, str]:
    """What each answer begins as: what was saved, or what is on record already."""
    if paper.filled:
        return dict(paper.filled.answers)
    return {field.name: known(access, field.known) for field in paper.form.fields() if field.known}


def composed_of(access: Access) -> list[Composed]:
    """The papers made from records that this person may read."""
    return [each for each in COMPOSED if access.may_read(each.kind)]


def composed_paper(access: Access, code: str) -> tuple[Composed, list[Part]]:
    """One of them with its parts; Hidden where it is not for this person."""
    found = next((each for each in composed_of(access) if each.code == code), None)
    if found is None:
        raise Hidden
    return found, list(found.read(access))


def parts_of(paper: Paper) -> Iterator[Part]:
    """A form as filled in, part by part."""
    for section in paper.form.sections:
        rows = []
        for field in section.fields:
            answer = paper.answer(field.name) or "Not answered"
            shows = paper.answer(f"{field.name}_shows") if paper.form.scale else ""
            words = f"{answer}. {shows}" if shows else answer
            rows.append({"key": field.label, "value": words})
        yield Part(section.title, rows)  # type: ignore[arg-type]


def may_open(access: Access) -> bool:
    """Is there any form of the work that this person may read?"""
    return bool(access.may_read(Kind.REFERRAL) or access.may_read(Kind.DECISION))
