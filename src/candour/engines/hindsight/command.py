"""`candour hindsight FILE`: every stretch of blame or hindsight, with its place."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from candour.engines.anonymise.blocks import FileNotReadable, blocks_of
from candour.engines.hindsight.language import find


def main(arguments: Sequence[str]) -> int:
    """The command: one JSON line on standard output for each passage.

    Exit status 0: an answer was given. 1: the file was unreadable. 2: usage.
    """
    parser = argparse.ArgumentParser(prog="candour hindsight")
    parser.add_argument("file", type=Path, metavar="FILE")
    try:
        passages = passages_in(parser.parse_args(arguments).file)
    except FileNotReadable as refusal:
        sys.stderr.write(f"candour hindsight: {refusal.reason}\n")
        return 1
    sys.stdout.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in passages)
    return 0


def passages_in(file: Path) -> list[dict[str, object]]:
    """One object for each passage: block (counted from 1), start, end, words, kind, prompt.

    Blocks set as quotations are somebody's own words and are left out.

    Raises:
        FileNotReadable: when the file is missing or no text, Word or HTML file.
    """
    return [
        {
            "file": file.name,
            "block": number,
            "start": prompt.start,
            "end": prompt.end,
            "words": prompt.words,
            "kind": prompt.kind.value,
            "prompt": prompt.prompt,
        }
        for number, block in enumerate(blocks_of(file).blocks, start=1)
        if not block.is_quotation
        for prompt in find(block.text)
    ]
