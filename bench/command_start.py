"""How long `candour dates` takes to start and answer one line: the bar is 150 ms.

Run: .venv/bin/python bench/command_start.py
"""

import statistics
import subprocess
import sys
import time

ROUNDS = 15
BAR = 0.150


def seconds(*command: str) -> float:
    started = time.perf_counter()
    subprocess.run(command, input=b"12/3/2010\n", stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def show(name: str, *command: str) -> float:
    seconds(*command)
    taken = [seconds(*command) for _ in range(ROUNDS)]
    middle = statistics.median(taken)
    print(f"{name:28} median {1000 * middle:6.0f} ms, slowest {1000 * max(taken):6.0f} ms")
    return middle


show("python -c pass", sys.executable, "-c", "pass")
answered = show("candour dates", sys.executable, "-m", "candour", "dates")
print("within the bar" if answered < BAR else f"SLOWER than {1000 * BAR:.0f} ms")
