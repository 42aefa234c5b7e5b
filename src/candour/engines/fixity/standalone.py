#!/usr/bin/env python3
"""Check that a file is the one deposited in the archive. Needs Python 3.9 or newer, nothing else.

    python3 verify.py FILE CERTIFICATE.json [--key HEX]

Compare the key that is printed with the one that you got from the archive by another way, or give
it with --key. Exit status 0: the file is the one deposited. 1: it is not. 2: the files cannot be
read.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

Point = tuple[int, int, int, int]

# Ed25519 (RFC 8032, section 6), written out so that nothing has to be installed.
_P = 2**255 - 19
_Q = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)


def _add(one: Point, other: Point) -> Point:
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a, b = (y1 - x1) * (y2 - x2) % _P, (y1 + x1) * (y2 + x2) % _P
    c, d = 2 * t1 * t2 * _D % _P, 2 * z1 * z2 % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(count: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while count:
        if count & 1:
            total = _add(total, point)
        point = _add(point, point)
        count >>= 1
    return total


def _x_of(y: int, odd: int) -> int | None:
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    if square == 0:
        return None if odd else 0
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P:
        return None
    return _P - x if x & 1 != odd else x


def _point(data: bytes) -> Point | None:
    if len(data) != 32:
        return None
    number = int.from_bytes(data, "little")
    y = number & ((1 << 255) - 1)
    x = _x_of(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % _P)


_BASE_Y = 4 * pow(5, _P - 2, _P) % _P
_BASE_X = _x_of(_BASE_Y, 0) or 0
_BASE = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % _P)


def signed(key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether this Ed25519 signature under the message was made with the key's other half."""
    if len(signature) != 64:
        return False
    a, r = _point(key), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= _Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % _Q
    one, other = _times(s, _BASE), _add(r, _times(h, a))
    same_x = (one[0] * other[2] - other[0] * one[2]) % _P == 0
    return same_x and (one[1] * other[2] - other[1] * one[2]) % _P == 0


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from_path(leaf: bytes, position: int, size: int, path: list[bytes]) -> bytes | None:
    """The root to which a leaf and its path lead (RFC 9162, 2.1.3.2); None if they do not fit."""
    node, last, found = position, size - 1, leaf
    for beside in path:
        if last == 0:
            return None
        if node % 2 or node == last:
            found = _node(beside, found)
            while node % 2 == 0 and node:
                node, last = node // 2, last // 2
        else:
            found = _node(found, beside)
        node, last = node // 2, last // 2
    return None if last else found


def fault_in(content: bytes, told: dict[str, Any]) -> str:
    """What does not hold, in words; empty when the file is the one that was deposited."""
    digest = hashlib.sha256(content)
    if digest.hexdigest() != told["sha256"]:
        return "The file is another one: its SHA-256 is " + digest.hexdigest() + "."
    leaf = hashlib.sha256(b"\x00" + bytes.fromhex(told["salt"]) + digest.digest()).digest()
    path = [bytes.fromhex(step) for step in told["path"]]
    root = root_from_path(leaf, told["position"], told["size"], path)
    if root is None or root.hex() != told["root"]:
        return "The file is not among the objects over which this root was made."
    words = [told["day"], str(told["size"]), told["root"], told["previous"]]
    message = "\n".join(["candour-root-1", *words, ""]).encode("ascii")
    if not signed(bytes.fromhex(told["key"]), bytes.fromhex(told["signature"]), message):
        return "The signature under the root is not good."
    return ""


def main(arguments: list[str]) -> int:
    if len(arguments) not in (2, 4) or (len(arguments) == 4 and arguments[2] != "--key"):
        sys.stderr.write(__doc__ or "")
        return 2
    try:
        content = Path(arguments[0]).read_bytes()
        told = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
        fault = fault_in(content, told)
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"These files cannot be read: {error}\n")
        return 2
    if not fault and len(arguments) == 4 and told["key"] != arguments[3].lower():
        fault = "The root is signed with another key than the one that you gave."
    if fault:
        sys.stdout.write("NOT the file deposited. " + fault + "\n")
        return 1
    sys.stdout.write(
        f"This is the file deposited as {told['reference']}, version {told['version']} "
        f"({told['kind']}).\nIt is among {told['size']} objects whose root was signed on "
        f"{told['day']} with the key\n{told['key']}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
