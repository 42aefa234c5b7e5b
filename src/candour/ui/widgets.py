"""Inputs that Django does not have: a day in three boxes, several files at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

PARTS = ("day", "month", "year")


class SplitDayInput(forms.Widget):
    """A day typed in three boxes named x-day, x-month and x-year."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> tuple[str, str, str]:
        day, month, year = (str(data.get(f"{name}-{part}", "")).strip() for part in PARTS)
        return day, month, year

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in PARTS)


def typed_parts(value: object) -> tuple[str, str, str]:
    """What stands in the three boxes, for a date, for what was typed, and for nothing."""
    if isinstance(value, date):
        return str(value.day), str(value.month), str(value.year)
    if isinstance(value, tuple) and len(value) == 3:
        return str(value[0]), str(value[1]), str(value[2])
    return "", "", ""


class SplitDayField(forms.Field):
    """A certain day. Errors carry the part to go to (day, month, year) as their code."""

    widget = SplitDayInput

    def to_python(self, value: object) -> date | None:
        """The date, or None where all three boxes are empty; ValidationError otherwise."""
        if isinstance(value, date):
            return value
        typed = typed_parts(value)
        if not any(typed):
            return None
        for part, text in zip(PARTS, typed, strict=True):
            if not text:
                raise ValidationError(f"{self.label} must include a {part}", code=part)
        return self._real_date(*typed)

    def _real_date(self, day: str, month: str, year: str) -> date:
        if len(year) != 4:
            raise ValidationError(f"{self.label}: year must have 4 digits", code="year")
        try:
            return date(int(year), int(month), int(day))
        except ValueError as error:
            raise ValidationError(f"{self.label} must be a real date", code="day") from error

    def has_changed(self, initial: object, data: object) -> bool:
        """Whether the boxes say another day than the one they were opened with."""
        return typed_parts(initial) != typed_parts(data)


class SeveralFilesInput(forms.FileInput):
    """A file input that accepts more than one file."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One or more files, cleaned to a list in the order in which they were chosen."""

    widget = SeveralFilesInput

    def clean(self, data: object, initial: object = None) -> list["UploadedFile[bytes]"]:
        """Each file checked as a single one would be; none given raises when required."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            super().clean(None, initial)
        return [super(SeveralFilesField, self).clean(one, None) for one in given]
