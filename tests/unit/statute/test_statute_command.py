"""The command line: one answer a line, unreadable lines answered with what to put right."""

import json
import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest

from candour.engines.statute import rule_sets
from candour.engines.statute.command import main
from candour.engines.statute.document import drifted, pages
from candour.engines.statute.document import main as write_pages

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "statute"


def answers(command: str, *lines: str) -> tuple[int, list[dict[str, object]]]:
    out = StringIO()
    code = main([command], lines, out)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_is_answered_in_order_and_blank_lines_are_passed_over() -> None:
    line = json.dumps({"id": "a", "clock_code": "W", "rule_set": "any", "quantity": "1"})
    first = line.replace("}", ', "start_datetime": "2024-05-03"}')
    second = first.replace('"a"', '"b"')
    code, found = answers("due", first, "", second)
    assert code == 0
    assert [each["id"] for each in found] == ["a", "b"]
    assert found[0]["due_date"] == "2024-05-07"


@pytest.mark.parametrize(
    ("command", "line", "problem"),
    [
        ("assess", "{", "line_unreadable"),
        ("assess", "[]", "line_unreadable"),
        ("assess", "{}", "rule_set_missing"),
        ("assess", '{"rule_set": "WT1989"}', "rule_set_unknown"),
        ("assess", '{"rule_set": "WT2013", "outcome": "died"}', "value_not_in_list"),
        ("assess", '{"rule_set": "WT2013", "age_years": "four"}', "number_unreadable"),
        ("assess", '{"known_date": "5 May 2013"}', "date_unreadable"),
        ("due", '{"rule_set": "WT2015", "clock_code": "S1"}', "date_missing"),
        ("due", '{"rule_set": "any", "clock_code": "C1"}', "rule_set_missing"),
        ("independence", "{}", "value_not_in_list"),
        ("transition", '{"machine": "LSCB"}', "machine_unknown"),
    ],
)
def test_an_unreadable_line_is_answered_with_its_problem_and_the_rest_go_on(
    command: str, line: str, problem: str
) -> None:
    code, found = answers(command, line, "{", line)
    assert code == 1
    assert [each["line"] for each in found] == [1, 2, 3]
    assert found[0]["problem"] == problem
    assert found[0]["message"]


def test_blank_rule_sets_follow_from_the_dates() -> None:
    case = {"known_date": "2015-03-04", "decision_date": "2015-04-20"}
    _, found = answers("assess", json.dumps(case))
    assert (found[0]["rule_set"], found[0]["notify_rule_set"]) == ("WT2015", "WT2013")


def test_a_guard_that_is_not_mentioned_counts_as_satisfied_on_the_command_line_only() -> None:
    step = {"rule_set": "WT2015", "machine": "SCR", "actor_role": "chair"}
    step |= {"from_state": "PRE_PUBLICATION", "to_state": "PUBLISHED"}
    _, allowed = answers("transition", json.dumps({**step, "guard_facts": ""}))
    _, refused = answers("transition", json.dumps({**step, "guard_facts": "bundle_complete="}))
    assert allowed[0]["expected"] == "allowed"
    assert refused[0]["refusal_code"] == "report_content_missing"


@pytest.mark.parametrize("arguments", [[], ["decide"], ["assess", "x"], ["diagram", "DHR"]])
def test_bad_usage_exits_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments, [], StringIO()) == 2
    assert "Usage: candour statute" in capsys.readouterr().err


def test_rules_and_diagrams_are_printed() -> None:
    text, listed, diagram = StringIO(), StringIO(), StringIO()
    assert main(["rules"], out=text) == 0
    assert main(["rules", "--json"], out=listed) == 0
    assert main(["diagram", "SCR"], out=diagram) == 0
    assert "S4: " in text.getvalue()
    codes = [json.loads(line)["code"] for line in listed.getvalue().splitlines()]
    assert codes[:3] == ["PART8", "CHAPTER8", "WT2006"]
    assert diagram.getvalue().startswith("stateDiagram-v2\n")


def test_the_engine_starts_without_the_web_framework_or_the_holiday_calendar() -> None:
    program = (
        "import sys, candour.engines.statute.command as c; c.main(['rules']); "
        "print(sorted({'django', 'holidays', 'pydantic'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_reference_pages_have_not_drifted_from_the_rule_files() -> None:
    assert drifted(REFERENCE) == []


def test_a_page_that_has_drifted_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert write_pages(["--write", str(tmp_path)]) == 0
    assert write_pages(["--check", str(tmp_path)]) == 0
    (tmp_path / "wt2015.md").write_text("changed by hand")
    assert write_pages(["--check", str(tmp_path)]) == 1
    assert "wt2015.md differs" in capsys.readouterr().err
    assert len(pages()) == 3 + len(rule_sets())


@pytest.mark.parametrize(("code", "expected"), [("WT2018", "allowed"), ("WT2023", "refused")])
def test_context_of_identity_is_asked_for_only_by_the_later_guidance(
    code: str, expected: str
) -> None:
    step = {"rule_set": code, "machine": "CSPR", "actor_role": "safeguarding_partners"}
    step |= {"from_state": "RR_IN_PROGRESS", "to_state": "RR_SIGNED_OFF"}
    _, found = answers("transition", json.dumps({**step, "guard_facts": "identity_context="}))
    assert found[0]["expected"] == expected


def test_guard_facts_may_be_given_as_an_object() -> None:
    step = {"rule_set": "WT2015", "machine": "SCR", "actor_role": "local_authority"}
    step |= {"from_state": "INCIDENT_LOGGED", "to_state": "NOTIFIED"}
    facts = {"guard_facts": {"awareness_date": ""}}
    _, found = answers("transition", json.dumps(step | facts))
    assert found[0]["refusal_code"] == "awareness_date_missing"


def test_input_that_is_not_text_is_said_to_be_so(capsys: pytest.CaptureFixture[str]) -> None:
    lines = TextIOWrapper(BytesIO(b"\xff\xfe{}\n"), encoding="utf-8")
    assert main(["assess"], lines, StringIO()) == 1
    assert "not UTF-8 text" in capsys.readouterr().err
