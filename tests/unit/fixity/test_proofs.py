"""A certificate proves one file, to anybody, without this archive; any change breaks it."""

import json
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from candour.engines.fixity import Certificate, leaf_of, path_to, root_of, signed_words, standalone

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
CONTENT = b"The report as it was deposited."


def certificate(position: int = 2, size: int = 5) -> Certificate:
    salt, digest = b"s" * 32, sha256(CONTENT).digest()
    leaves = [sha256(bytes([n])).digest() for n in range(size)]
    leaves[position] = leaf_of(salt, digest)
    root = root_of(leaves).hex()
    words = signed_words("2026-11-23", size, root, "")
    return Certificate(
        reference="R-1",
        version=1,
        kind="pdf",
        sha256=digest.hex(),
        salt=salt.hex(),
        position=position,
        size=size,
        path=tuple(step.hex() for step in path_to(position, leaves)),
        root=root,
        previous="",
        day="2026-11-23",
        signature=KEY.sign(words).hex(),
        key=PUBLIC.hex(),
    )


@settings(max_examples=80)
@given(st.data())
def test_every_leaf_of_every_tree_leads_to_its_root_and_no_other_leaf_does(
    data: st.DataObject,
) -> None:
    size = data.draw(st.integers(1, 40))
    position = data.draw(st.integers(0, size - 1))
    leaves = [sha256(bytes([n])).digest() for n in range(size)]
    path = path_to(position, leaves)
    assert standalone.root_from_path(leaves[position], position, size, path) == root_of(leaves)
    assert standalone.root_from_path(b"x" * 32, position, size, path) != root_of(leaves)


@settings(max_examples=15)
@given(st.binary(max_size=40), st.binary(min_size=32, max_size=32))
def test_the_script_and_a_library_agree_on_signatures(message: bytes, seed: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes_raw()
    assert standalone.signed(public, key.sign(message), message)
    assert not standalone.signed(public, key.sign(message + b"."), message)


def test_the_file_deposited_is_proved() -> None:
    assert standalone.fault_in(CONTENT, certificate().to_json()) == ""


@pytest.mark.parametrize(
    "change",
    [
        {"salt": "00" * 32},
        {"position": 3},
        {"path": ()},
        {"root": "00" * 32},
        {"day": "2026-11-24"},
        {"size": 6},
        {"previous": "00" * 32},
        {"signature": "00" * 64},
    ],
)
def test_a_certificate_changed_in_any_part_proves_nothing(change: dict[str, object]) -> None:
    changed = replace(certificate(), **change)  # type: ignore[arg-type]
    assert standalone.fault_in(CONTENT, changed.to_json()) != ""


def test_another_file_is_not_proved() -> None:
    assert "another one" in standalone.fault_in(CONTENT + b" ", certificate().to_json())


def test_the_script_alone_tells_by_its_exit_status(tmp_path: Path) -> None:
    script, file, told = tmp_path / "verify.py", tmp_path / "report", tmp_path / "c.json"
    script.write_text(Path(standalone.__file__).read_text(encoding="utf-8"))
    file.write_bytes(CONTENT)
    told.write_text(json.dumps(certificate().to_json()))

    def run(*more: str) -> tuple[int, str]:
        command = [sys.executable, "-I", "-S", str(script), str(file), str(told), *more]
        answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        return answer.returncode, answer.stdout

    assert run("--key", PUBLIC.hex())[0] == 0
    assert run("--key", "00" * 32) == (
        1,
        "NOT the file deposited. The root is signed with another key than the one that you gave.\n",
    )
    file.write_bytes(CONTENT + b" ")
    assert run()[0] == 1
    told.write_text("not json")
    assert run()[0] == 2
