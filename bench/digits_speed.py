"""Time of reading one slot of inked digits, on written digits of two to four places, one thread.

python bench/digits_speed.py [--count 200]
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=200)
    count = parser.parse_args().count
    # Set before numpy is loaded: its linear algebra would take every core for pictures too small to gain from it.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    import numpy as np

    from antq_cli.reading.digits import read_ink
    from antq_cli.reading.digits.lines import read_line
    from antq_cli.reading.digits.segments import read_segments
    from antq_cli.reading.digits.shaping import as_ink
    from samples.generator.pen import written

    rng = random.Random(11)
    inks = []
    for number in range(count):
        text = "".join(rng.choice("0123456789") for _ in range(2 + number % 3))
        height = rng.uniform(20, 60)
        inks.append(np.asarray(written(text, height, height / 10, rng).getchannel("A")))
    started = time.perf_counter()
    read_ink(inks[0])
    print(f"first slot, with loading: {(time.perf_counter() - started) * 1000:.1f} ms")
    writings = [ink for ink in (as_ink(ink) for ink in inks) if ink is not None]
    for name, work, items in (
        ("both readers", read_ink, inks),
        ("segments alone", read_segments, writings),
        ("line alone", read_line, writings),
    ):
        # Processor time: other programs on the machine do not count.
        times = []
        for item in items:
            before = time.process_time()
            work(item)
            times.append((time.process_time() - before) * 1000)
        print(
            f"{name}: median {median(times):.1f} ms, 95 % under {sorted(times)[int(0.95 * len(times))]:.1f} ms a slot"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
