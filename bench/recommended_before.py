"""How well "recommended before" is proposed: recall and precision on pairs labelled by hand.

    .venv/bin/python bench/recommended_before.py

126 pairs of recommendations, a third each: the same in other words, another one on the same theme,
unrelated. They were written before the rule was looked at; the rule was then chosen among several
on every other line, and both halves are told apart here. Beside ours: rapidfuzz, which the archive
used before, at its old threshold and at the best one for the first half.
"""

from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz

from candour.engines.reading.learning import MOST_SHOWN, SIMILAR, Wording

PAIRS = Path(__file__).parents[1] / "tests/samples/recommended-before.tsv"

Rule = Callable[[str, str], float]


def pairs() -> list[tuple[str, str, str]]:
    """Label and both texts of each pair."""
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    return [(label, one, other) for label, one, other in (line.split("\t") for line in lines)]


def judged(rows: list[tuple[str, str, str]], rule: Rule, threshold: float) -> str:
    """Each pair alone: found or not."""
    found = [label for label, one, other in rows if rule(one, other) >= threshold]
    right, same = found.count("same"), sum(label == "same" for label, _, _ in rows)
    precision = right / len(found) if found else 0.0
    return f"precision {precision:.2f}, recall {right / same:.2f} ({right} of {same})"


def proposed(rule: Rule, threshold: float, most: int) -> str:
    """As the desk uses it: the most alike of all 126, a person decides."""
    rows = pairs()
    pool = sorted({other for _, _, other in rows})
    wanted = [(one, other) for label, one, other in rows if label == "same"]
    shown = right = 0
    for one, other in wanted:
        scored = sorted(((rule(one, each), each) for each in pool), reverse=True)[:most]
        near = [each for score, each in scored if score >= threshold]
        shown += len(near)
        right += other in near
    return f"{right} of {len(wanted)} among {shown / len(wanted):.1f} shown"


def main() -> None:
    """Measure all rules."""
    rows = pairs()
    weighed: Rule = Wording([text for _, *texts in rows for text in texts]).likeness

    def before(one: str, other: str) -> float:
        return float(fuzz.token_set_ratio(one.casefold(), other.casefold()))

    rules = (("weighed words", weighed, SIMILAR), ("rapidfuzz", before, 72), ("same", before, 54))
    for name, rule, threshold in rules:
        print(f"{name}, at least {threshold:g}")
        print(f"  pairs, first half   {judged(rows[0::2], rule, threshold)}")
        print(f"  pairs, second half  {judged(rows[1::2], rule, threshold)}")
        print(f"  proposed, most {MOST_SHOWN}    {proposed(rule, threshold, MOST_SHOWN)}")


if __name__ == "__main__":
    main()
