"""Pages of the rules themselves: what each set asks, by when, and how far each value is trusted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.engines.statute.diagram import length
from candour.engines.statute.localfiles import LocalFile, local_files
from candour.engines.statute.machines import Machine, machine
from candour.engines.statute.rulebook import rule_set, rule_sets
from candour.engines.statute.rulefiles import local_rules
from candour.engines.statute.rulesets import Basis, InForce, Regime, RuleSet, Source
from candour.engines.statute.statewords import in_words
from candour.kernel.errors import Hidden, Invalid
from candour.ui.wording import day, plural

Cell = str | dict[str, str]
_CHANGED_IN_THE_FILE = (
    "What this installation says otherwise. It is changed in the file itself, by whoever runs the "
    "installation, and read at the next start."
)
_MACHINES = (Regime.SCR, Regime.CSPR)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule set, the days on which it governs, and what is this partnership's own."""
    context = {
        "rows": [_row(each) for each in rule_sets()],
        "machines": [
            {"text": machine(code).title, "href": reverse("process:machine", args=[code.lower()])}
            for code in _MACHINES
        ],
        "marks": [{"key": mark.value.capitalize(), "value": mark.meaning} for mark in Basis],
        "own": local_rules() is not None,
        "files": [_file_row(each) for each in local_files(local_rules())],
    }
    return render(request, "process/rules.html", context)


def _file_row(file: LocalFile) -> list[Cell]:
    href = reverse("process:local_file", args=[file.name.removesuffix(".toml")])
    stands = file.fault or plural(len(file.changes), "value")
    return [{"text": file.name, "href": href}, stands, file.sha256[:16]]


@require_safe
def local_file(request: HttpRequest, name: str) -> HttpResponse:
    """One file of this partnership: every value that it changes, beside the product's."""
    files = {each.name.removesuffix(".toml"): each for each in local_files(local_rules())}
    if name not in files:
        raise Hidden
    found = files[name]
    context = {
        "heading": found.name,
        "lead": found.fault or _CHANGED_IN_THE_FILE,
        "caption": f"SHA-256 {found.sha256}",
        "breadcrumbs": [{"text": "Rules", "href": reverse("process:rules")}],
        "columns": ["Where", "In the product", "Here", "Mark"],
        "rows": [
            [each.where, each.shipped, each.local, _marked(each.mark)] for each in found.changes
        ],
        "empty": {"text": "This file changes nothing."},
    }
    return render(request, "pages/list.html", context)


def _marked(mark: str) -> str:
    return _mark(Basis(mark)) if mark in list(Basis) else mark


def _row(rules: RuleSet) -> list[Cell]:
    title: Cell = {"text": rules.title, "href": reverse("process:rule_set", args=[rules.code])}
    local = sum(1 for basis in _bases(rules) if basis is Basis.LOCAL)
    unverified = sum(1 for basis in _bases(rules) if basis is Basis.UNVERIFIED)
    return [
        title,
        _period(rules.notification),
        _period(rules.review),
        str(unverified) if unverified else "None",
        str(local) if local else "None",
    ]


def _period(in_force: InForce) -> str:
    until = day(in_force.until) if in_force.until else "today"
    return f"{day(in_force.since)} to {until}"


def _bases(rules: RuleSet) -> list[Basis]:
    criteria, clocks = rules.criteria, rules.clocks
    settings = [each.basis for each in rules.settings.values()]
    return [*(each.basis for each in criteria), *(each.basis for each in clocks), *settings]


@require_safe
def one_rule_set(request: HttpRequest, code: str) -> HttpResponse:
    """One rule set: its criteria, clocks and settings, each with its mark and its source."""
    try:
        found = rule_set(code)
    except Invalid as unknown:
        raise Hidden from unknown
    context = {
        "rules": found,
        "breadcrumbs": [{"text": "Rules", "href": reverse("process:rules")}],
        "criteria": [
            [each.question, each.help, _mark(each.basis), _cited(each.source)]
            for each in found.criteria
        ],
        "clocks": [
            [each.code, each.name, each.start, length(each), _mark(each.basis), _cited(each.source)]
            for each in found.clocks
        ],
        "settings": [
            [each.code.replace("_", " "), _said(each.value), _mark(each.basis), each.note]
            for each in found.settings.values()
        ],
    }
    return render(request, "process/rule_set.html", context)


def _mark(basis: Basis) -> str:
    doubt = basis in (Basis.UNVERIFIED, Basis.LOCAL)
    return f"{basis.value.upper()}: {basis.meaning}" if doubt else basis.value.capitalize()


def _cited(source: Source) -> Cell:
    if not source.address:
        return source.title
    return {"text": source.title, "href": source.address}


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple):
        return ", ".join(str(each).replace("_", " ") for each in value)
    return str(value).replace("_", " ")


@require_safe
def one_machine(request: HttpRequest, code: str) -> HttpResponse:
    """The steps of one kind of review: who takes each, what must be on record, which clock."""
    if code.upper() not in _MACHINES:
        raise Hidden
    found = machine(code.upper())
    context = {
        "heading": f"{found.title}: states and steps",
        "lead": "A step is taken by whom it names, once everything it needs is on record. "
        "A late clock never stands in its way.",
        "breadcrumbs": [{"text": "Rules", "href": reverse("process:rules")}],
        "columns": ["From", "Step", "To", "Taken by", "Needs", "Clock"],
        "rows": _steps(found),
        "empty": {"text": "There is no step."},
    }
    return render(request, "pages/list.html", context)


def _steps(found: Machine) -> list[list[Cell]]:
    return [
        [
            _state(step.source),
            step.event,
            _state(step.target),
            " or ".join(found.actors[actor] for actor in step.actors),
            "; ".join(guard.name.replace("_", " ") for guard in step.guards) or "Nothing",
            step.clock,
        ]
        for step in found.transitions
    ]


def _state(state: str) -> str:
    said = in_words(state)
    return said[:1].upper() + said[1:]
