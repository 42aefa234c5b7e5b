"""The form every page uses: GOV.UK components, conflict detection, one submission only once."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, TypeVar
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString, mark_safe

from candour.kernel.errors import EditedElsewhere, Invalid, RuleBroken
from candour.ui.look import revealed_names
from candour.ui.rendering import form_fields

SENT_INCOMPLETE = (
    "This page was not sent whole. Nothing was saved and your words are still here: send it again."
)


FieldT = TypeVar("FieldT", bound=forms.Field)


class Form(forms.Form):
    """A form whose fields come from `candour.ui.fields`.

    `version` is the present version of the record being changed; the form carries the one the
    page was opened with, so a service can refuse to overwrite somebody else's change. A form with
    `sent_once` demands the token under which its submission is recorded only once.
    """

    use_required_attribute = False
    method: ClassVar[Literal["get", "post"]] = "post"
    sent_once: ClassVar[bool] = False

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        version: int | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, files, **options)
        if version is not None:
            self.fields["version"] = _hidden(forms.IntegerField(), version)
        if self.method == "post":
            token = forms.UUIDField(required=self.sent_once)
            self.fields["submission"] = _hidden(token, uuid4())

    def answered(self) -> dict[str, Any]:
        """What was answered, by field, without what the form carries for itself."""
        own = ("version", "submission")
        return {name: value for name, value in self.cleaned_data.items() if name not in own}

    def refuse(self, error: RuleBroken) -> None:
        """Show a service's refusal beside the field it names, or at the top; the words stay.

        After EditedElsewhere the form carries the present version, so that a person who has seen
        the other change can send theirs again.
        """
        field = error.field if isinstance(error, Invalid) and error.field in self.fields else None
        self.add_error(field, error.reason)
        if isinstance(error, EditedElsewhere) and "version" in self.fields:
            data = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix("version")] = str(self.fields["version"].initial)
            self.data = data

    def render(self, *_: object, **__: object) -> SafeString:
        """All fields in order, hidden ones included."""
        return mark_safe(form_fields(self))  # noqa: S308 - built by escaping components

    __str__ = render
    __html__ = render

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, (choice, option) in revealed_names(self).items():
            chosen = self.cleaned_data.get(choice) or ()
            if option not in ([chosen] if isinstance(chosen, str) else chosen):
                self.errors.pop(name, None)
                self.cleaned_data[name] = getattr(self.fields[name], "empty_value", None)


def _hidden(field: FieldT, initial: object) -> FieldT:
    field.widget = forms.HiddenInput()
    field.initial = initial
    field.error_messages["required"] = SENT_INCOMPLETE
    field.error_messages["invalid"] = SENT_INCOMPLETE
    return field
