"""A child whose functions do everything a hostile file might bring a parser to do."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from candour.engines.tables import UnreadableFile
from candour.platform import child_main


def tell(data: bytes, options: dict) -> dict:
    return {"length": len(data), "options": options, "environment": sorted(os.environ)}


def take_memory(data: bytes, options: dict) -> dict:
    return {"got": len(bytearray(1024 * 1024 * 1024))}


def sleep(data: bytes, options: dict) -> dict:
    time.sleep(600)
    return {}


def spin(data: bytes, options: dict) -> dict:
    while True:
        pass


def shout(data: bytes, options: dict) -> dict:
    return {"noise": "x" * options["length"]}


def die(data: bytes, options: dict) -> dict:
    os.abort()


def fail(data: bytes, options: dict) -> dict:
    raise KeyError(data.decode())


def refuse(data: bytes, options: dict) -> dict:
    raise UnreadableFile("password", "It has a password.", "Take the password off.")


def attempt(data: bytes, options: dict) -> dict:
    """Which of these acts succeed?"""
    acts = {
        "read the key": lambda: Path(options["key"]).read_text(),
        "write a file": lambda: Path(options["key"] + "2").write_text("x"),
        "open a socket": lambda: socket.socket(),
        "start a process": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
        "read through a closed place": lambda: (os.close(0), os.open(options["key"], os.O_RDONLY)),
    }
    done = []
    for name, act in acts.items():
        try:
            act()
            done.append(name)
        except OSError:
            pass
    return {"done": done}


if __name__ == "__main__":
    for function in (tell, take_memory, sleep, spin, shout, die, fail, refuse, attempt):
        child_main.FUNCTIONS[function.__name__] = child_main.Offered(
            f"__main__:{function.__name__}", (), ()
        )
    sys.exit(child_main.main())
