"""Makes, measures and checks the two networks that read inked digits.

    python -m training.digits train DATA [--seed 20] [--lines 36000] [--share 1.0] [--out FOLDER]
    python -m training.digits evaluate DATA
    python -m training.digits compare DATA

DATA is a folder in which `npm ci` was run with training/package.json. Run from the top folder of the repository.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from antq_cli.reading.digits import weights
from training.evaluation import compare, evaluate
from training.glyphs import load
from training.nets import LineNet, SegmentNet, save
from training.pool import Pool, fill

SEED = 20
LINES = 36_000
CUT_APART = 14_000
"""So many of the lines give segments too: a line has seven of them."""
SEGMENT_STEPS = 2300
LINE_STEPS = 2100
SEGMENT_BATCH = 96
LINE_BATCH = 64
WIDTH_STEP = 16


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.digits", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("task", choices=("train", "evaluate", "compare"))
    parser.add_argument("data", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--lines", type=int, default=LINES, help="drawn lines to learn from, or to be measured on")
    parser.add_argument("--share", type=float, default=1.0, help="of the steps, for a trial run")
    parser.add_argument("--out", type=Path, default=weights.FOLDER)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(options.seed)
    if options.task == "train":
        train(options)
    elif options.task == "evaluate":
        evaluate(load(options.data, held_out=True), options.lines if options.lines != LINES else 3000)
    else:
        return compare(load(options.data, held_out=True))
    return 0


def train(options: argparse.Namespace) -> None:
    """Both networks from nothing; prints the hash of each file."""
    started = time.monotonic()
    pool = fill(load(options.data, held_out=False), np.random.default_rng(options.seed), options.lines, cut=CUT_APART)
    print(f"{len(pool.texts)} lines, {len(pool.labels)} segments in {time.monotonic() - started:.0f} s", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    for name, net in (
        ("segments", train_segments(pool, options.seed, round(SEGMENT_STEPS * options.share))),
        ("line", train_lines(pool, options.seed, round(LINE_STEPS * options.share))),
    ):
        path = options.out / f"{name}.npz"
        save(net, path)
        content = path.read_bytes()
        print(f"{path.name}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}", flush=True)
    describe(options.out, options.seed, options.lines, options.share)
    print(f"{time.monotonic() - started:.0f} s in all")


def describe(folder: Path, seed: int, lines: int, share: float) -> None:
    """Writes weights.toml beside the weights: what they were made with, and their hashes."""
    text = "# Written by training/digits.py beside the weights it made.\n"
    text += f'seed = {seed}\nlines = {lines}\nshare = {share}\ntorch = "{torch.__version__.split("+")[0]}"\n'
    for name in weights.NAMES:
        content = (folder / f"{name}.npz").read_bytes()
        text += f'\n[{name}]\nbytes = {len(content)}\nsha256 = "{hashlib.sha256(content).hexdigest()}"\n'
    (folder / "weights.toml").write_text(text, "utf-8")


def _optimizer(net: nn.Module, steps: int) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=0.01)
    return optimizer, torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=max(steps, 2), pct_start=0.15)


def train_segments(pool: Pool, seed: int, steps: int) -> SegmentNet:
    """The classifier of single digits."""
    rng = np.random.default_rng(seed + 1)
    torch.manual_seed(seed + 1)
    net = SegmentNet().to(memory_format=torch.channels_last).train()
    optimizer, schedule = _optimizer(net, steps)
    order, at, mean = rng.permutation(len(pool.labels)), 0, 0.0
    for step in range(steps):
        if at + SEGMENT_BATCH > len(order):
            order, at = rng.permutation(len(pool.labels)), 0
        chosen = order[at : at + SEGMENT_BATCH]
        at += SEGMENT_BATCH
        pictures = torch.from_numpy(pool.segments[chosen].astype(np.float32) / 255).unsqueeze(1)
        # A cut is never the same twice: moved by a pixel at most.
        down, right = rng.integers(-1, 2, 2)
        pictures = torch.roll(pictures, (int(down), int(right)), (2, 3))
        pictures = pictures.contiguous(memory_format=torch.channels_last)
        loss = nn.functional.cross_entropy(net(pictures), torch.from_numpy(pool.labels[chosen]), label_smoothing=0.02)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        mean = float(loss.detach()) if not step else 0.98 * mean + 0.02 * float(loss.detach())
        if step % 250 == 249:
            print(f"segments {step + 1}/{steps}: loss {mean:.4f}", flush=True)
    return net.eval()


def train_lines(pool: Pool, seed: int, steps: int) -> LineNet:
    """The reader of whole lines."""
    rng = np.random.default_rng(seed + 2)
    torch.manual_seed(seed + 2)
    net = LineNet().to(memory_format=torch.channels_last).train()
    optimizer, schedule = _optimizer(net, steps)
    lengths = np.array([len(text) for text in pool.texts])
    inked = (pool.lines.max(axis=1) > 20)[:, ::-1].argmax(axis=1)
    widths = pool.lines.shape[2] - inked
    batches: list[np.ndarray] = []
    mean = 0.0
    for step in range(steps):
        if not batches:
            # Lines of like width together, so that little paper is computed.
            order = np.argsort(widths + rng.uniform(0, 12, len(widths)), kind="stable")
            batches = [order[n : n + LINE_BATCH] for n in range(0, len(order) - LINE_BATCH + 1, LINE_BATCH)]
            batches = [batches[n] for n in rng.permutation(len(batches))]
        chosen = batches.pop()
        width = int(widths[chosen].max()) + 2 + int(rng.integers(0, 9))
        width = min(-(-width // WIDTH_STEP) * WIDTH_STEP, pool.lines.shape[2])
        pictures = torch.from_numpy(pool.lines[chosen][:, :, :width].astype(np.float32) / 255).unsqueeze(1)
        pictures = torch.roll(pictures, (int(rng.integers(-1, 2)), int(rng.integers(-1, 2))), (2, 3))
        pictures = pictures.contiguous(memory_format=torch.channels_last)
        scores = net(pictures).log_softmax(-1).permute(1, 0, 2)
        targets = torch.tensor([int(digit) for n in chosen for digit in pool.texts[n]], dtype=torch.long)
        loss = nn.functional.ctc_loss(
            scores,
            targets,
            torch.full((len(chosen),), scores.shape[0], dtype=torch.long),
            torch.from_numpy(lengths[chosen]),
            blank=10,
            zero_infinity=True,
        )
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        mean = float(loss.detach()) if not step else 0.98 * mean + 0.02 * float(loss.detach())
        if step % 100 == 99:
            print(f"line {step + 1}/{steps}: loss {mean:.4f}", flush=True)
    return net.eval()


if __name__ == "__main__":
    sys.exit(main())
