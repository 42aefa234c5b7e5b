"""Forms of letters and of their templates."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from candour.duties.letter_words import FIELDS
from candour.duties.models import Letter, LetterKind
from candour.ui import fields
from candour.ui.forms import Form
from candour.ui.wording import day

_FIELDS_HINT = "Candour fills in " + ", ".join(f"{{{name}}}" for name in FIELDS) + "."


class TemplateForm(Form):
    """A partnership's own words for one kind of letter."""

    sent_once = True

    subject = fields.text("Subject", max_length=200)
    body = fields.long_text("Words", rows=18, hint=_FIELDS_HINT)


class WriteLetterForm(Form):
    """A draft."""

    subject = fields.text("Subject", max_length=200, disclosable=True)
    body = fields.long_text("Words", rows=18, disclosable=True)

    def __init__(self, data: Mapping[str, Any] | None, *, letter: Letter) -> None:
        now = {"subject": letter.subject, "body": letter.body}
        super().__init__(data, version=letter.version, initial=now)


class LetterSentForm(Form):
    """That somebody sent it."""

    sent_once = True

    sent_on = fields.day("Day it was sent")
    sent_how = fields.text("How", hint="For example: by secure e-mail.", max_length=120)
    reply_due_on = fields.day("An answer is asked for by", required=False)


class FamilyLetterSentForm(LetterSentForm):
    """The same to a family: somebody has asked whether it is safe."""

    safe_to_write = fields.tick(
        "I have asked those who know the family, and a letter may come", required=False
    )


class FileLetterForm(Form):
    """A letter or an e-mail that came."""

    sent_once = True

    kind = fields.select("From", choices=LetterKind.choices)
    correspondent = fields.text(
        "Who wrote", required=False, max_length=200, hint="Left blank, the e-mail itself says it."
    )
    received_on = fields.day("Day it came")
    answers = fields.select(
        "Answers", choices=[], required=False, nothing="No letter of ours", hint=""
    )
    file = fields.file(
        "The letter or the e-mail",
        required=False,
        hint="An e-mail saved as .eml is read, and its words put here.",
    )
    subject = fields.text("Subject", required=False, max_length=200, disclosable=True)
    text = fields.long_text("What it says", required=False, rows=8, disclosable=True)
    reference = fields.text("Their reference", required=False, max_length=80)
    reply_due_on = fields.day("They ask for an answer by", required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None",
        *,
        letters: Iterable[Letter],
        answering: str = "",
    ) -> None:
        super().__init__(data, files, initial={"answers": answering})
        known = [(str(each.pk), f"{each.subject}, {day(each.sent_on)}") for each in letters]
        self.fields["answers"].choices = [("", "No letter of ours"), *known]  # type: ignore[attr-defined]
