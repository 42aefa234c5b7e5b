import json
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from candour.engines.hindsight.command import main
from candour.engines.hindsight.language import PROMPTS, Kind, find


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The nurse should have known that he drank.", Kind.HINDSIGHT),
        ("The school ought to have realised.", Kind.HINDSIGHT),
        ("She should not have been sent home.", Kind.HINDSIGHT),
        ("With hindsight the visit came late.", Kind.HINDSIGHT),
        ("With the benefit of hindsight, yes.", Kind.HINDSIGHT),
        ("This was a missed opportunity.", Kind.HINDSIGHT),
        ("There were many missed chances and missed opportunities to act.", Kind.HINDSIGHT),
        ("The warning signs were there.", Kind.HINDSIGHT),
        ("The health visitor failed to ask.", Kind.BLAME),
        ("The worker never wrote and failed to ask.", Kind.BLAME),
        ("The GP’s failure to refer her.", Kind.BLAME),
        ("Failings by the police; the sergeant ignored the call.", Kind.BLAME),
        ("The social worker was partly to blame.", Kind.BLAME),
        ("A strategy meeting would have prevented his death.", Kind.CERTAINTY),
        ("The death was entirely preventable.", Kind.CERTAINTY),
        ("He would still be alive.", Kind.CERTAINTY),
        ("The delay led directly to his death.", Kind.CERTAINTY),
    ],
)
def test_words_of_blame_and_hindsight_raise_their_question(text: str, kind: Kind) -> None:
    (prompt,) = find(text)
    assert (prompt.kind, prompt.prompt) == (kind, PROMPTS[kind])
    assert text[prompt.start : prompt.end] == prompt.words


@pytest.mark.parametrize(
    "text",
    [
        "The health visitor called twice and found nobody in.",
        "Agencies should have regard to the guidance.",
        "This review is not about who is to blame.",
        "The purpose is learning rather than blame.",
        "It does not seek to blame anyone.",
        "The board failed in its quorum on 3 May.",
        "",
    ],
)
def test_plain_accounts_raise_no_question(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Mother said: “They should have known.”",
        'Mother said: "They should have known."',
        "Mother said: ‘They’d failed to listen and should have known.’",
        "Mother said: 'They failed to listen.'",
        "> They failed to listen.\n> They should have known.",
    ],
)
def test_somebodys_own_words_are_left_alone(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The “plan” failed to help, and the “team” went.",
        "The child’s school failed to ring the child’s aunt.",
        "An open “quotation that never ends failed to",
    ],
)
def test_quotation_marks_elsewhere_hide_nothing(text: str) -> None:
    assert [prompt.words for prompt in find(text)] == ["failed to"]


@given(st.lists(st.sampled_from(["failed to", "should have seen", "the", "“", "”", "hindsight"])))
def test_passages_are_in_order_and_never_overlap(words: list[str]) -> None:
    prompts = find(" ".join(words))
    assert all(a.end <= b.start for a, b in pairwise(prompts))


def test_the_command_names_the_block_and_leaves_quotations_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "draft.docx"
    document = Document()
    document.add_paragraph("The school kept a record.")
    document.add_paragraph("They failed to ring.", style="Quote")
    document.add_paragraph("The police failed to ring.")
    document.save(file)

    assert main([str(file)]) == 0

    (line,) = capsys.readouterr().out.splitlines()
    answer = json.loads(line)
    assert (answer["file"], answer["block"], answer["words"]) == ("draft.docx", 3, "failed to")


def test_a_file_that_cannot_be_read_ends_with_status_one_and_says_what_to_give(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none.docx")]) == 1
    assert main([str(tmp_path / "old.doc")]) == 1
    assert "give a .docx" in capsys.readouterr().err
