"""What completing a task costs beside a floor that writes the same rows without an engine, and beside SpiffWorkflow as it comes.

    python -m bench.engine [--rounds 25]

Method: `bench/harness.py`; who takes part: `bench/contestants.py`.
"""

from __future__ import annotations

import argparse
import sys

from bench import shapes
from bench.harness import STEADY, compare, steady

FLOOR, CONTROL, GOAL = "floor", "floor again", 1.7
NAMES = ("loket", "stock SpiffWorkflow", CONTROL)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    asked, _ = parser.parse_known_args()
    ratios, times = compare(NAMES, floor=FLOOR, rounds=asked.rounds)
    print(f"reklame permit, processor time of one completion, median of {asked.rounds} rounds")
    for name, ratio in sorted(ratios.items(), key=lambda each: each[1]):
        print(f"{name:22} {times[name]:8.3f} ms {ratio:7.2f} x floor")
    if not steady(ratios[CONTROL]):
        shapes.main()
        print(f"INCONCLUSIVE: two equal floors came out {ratios[CONTROL]:.2f} apart (steady: {STEADY[0]}-{STEADY[1]})")
        return 2
    met = ratios["loket"] <= GOAL
    print(f"goal: at most {GOAL} x the floor: {'met' if met else 'MISSED'}")
    return 0 if shapes.main() and met else 1


if __name__ == "__main__":
    sys.exit(main())
