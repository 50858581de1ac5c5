"""Damages returns as disks, mail and programs do, and looks for a number that is wrong without a word.

Run by `make fuzz`; `--files`, `--seed`, `--jobs`. Each seed lays out one return, writes it as .xlsx, .xlsm, .ods or
.xls, and does one thing to it: bytes changed, lost or put in, in the file or in a part that is packed again; blocks
lost or swapped; parts cut, swapped or lost; broken XML; records and sectors of an .xls that contradict each other or
go round in circles; errors, formulas without values, noise and damaged merges in the cells.

What is read must be what the whole file says, or there is a finding: an error or a warning on the sheet for a number
that is read otherwise, any finding for one that is not read. Reading must not raise, nor take more than ten seconds,
nor more than 1 GiB.

Excused, and counted apart: a byte changed *inside* a stored value, where no checksum covers it. The digits of a
number in a part that was packed again, or the eight bytes of a number in an .xls, stand nowhere twice; who overwrites
them has written another number, and only that one number may differ. The same for the letters of a text, which may
then name another column. Nothing else is excused.
"""

import argparse
import re
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from damage_books import KINDS, Place, with_formulas, write
from damages import DAMAGES, Case, Touched, fitting
from layouts import address, make

SLOW = 10.0  # seconds for one file
LARGE = 1 << 30  # bytes
FATES = ("same", "told", "excused", "WRONG")


class Outcome(NamedTuple):
    """What became of one damaged file."""

    damage: str
    kind: str
    fate: str  # one of FATES
    seed: int
    why: str
    seconds: float
    died: bool


class Said(NamedTuple):
    """What was read of a file: each number by its place, and the findings by sheet."""

    numbers: dict[Place, tuple]
    findings: Counter


def run(seed: int) -> Outcome:
    """Make a return, damage it, read both and compare."""
    random = Random(seed)
    layout = make(random.choice)
    kind = KINDS[seed % len(KINDS)]
    damage = random.choice(fitting(kind))
    book = with_formulas(random.choice(layout.books), random)
    case = Case(book, kind, write(book, kind))
    broken, touched = DAMAGES[damage](case, random)
    with TemporaryDirectory() as folder:
        collection = Path(folder, "collection.toml")
        collection.write_text(layout.toml, encoding="utf-8")
        path = Path(folder, book.name).with_suffix(f".{kind}")
        path.write_bytes(case.data)
        before = read(path)[0]
        path.write_bytes(broken)
        start = time.monotonic()
        try:
            after, died = read(path)
        except Exception as error:  # noqa: BLE001  whatever it is, a reader must not raise for what is in a file
            return Outcome(damage, kind, "WRONG", seed, f"raised {error!r}", time.monotonic() - start, died=True)
        seconds = time.monotonic() - start
    fate, why = judge(before, after, touched)
    if seconds > SLOW:
        fate, why = "WRONG", f"took {seconds:.0f} s"
    return Outcome(damage, kind, fate, seed, why, seconds, died)


def read(path: Path) -> tuple[Said, bool]:
    """Read a file as the office does, without the checks between returns; tell whether it ended the reader."""
    from dangvien_analysis.reading import refusal
    from dangvien_analysis.returns import read_returns
    from dangvien_analysis.settings import find_collection
    from dangvien_analysis.workbook import read_workbook

    workbook = read_workbook(path)
    counts, findings = read_returns([(path.name, workbook)], find_collection(path.parent))
    numbers = {}
    for row in counts.itertuples():
        facets = (row.school, row.period, row.group, row.breakdown, row.measure, row.kind, row.cohort, row.reason)
        numbers[row.sheet, row.cell] = (*(str(facet) for facet in facets), row.n)
    said = Counter((f.sheet, f.level, f.code, f.cell, f.message) for f in findings)
    died = any(problem.message in (refusal.CRASHED, refusal.SLOW) for problem in workbook.problems)
    return Said(numbers, said), died


def judge(before: Said, after: Said, touched: Touched) -> tuple[str, str]:
    """Compare what was read of the damaged file with what was read of the whole one."""
    new = after.findings - before.findings
    asked, told = set(), set()
    for sheet, level, _, _, message in new:
        named = {sheet, *re.findall("trang «(.+?)»", message)}  # two sheets that disagree share one finding
        told |= named
        asked |= named if level != "info" else set()
    differing = [place for place in after.numbers if after.numbers[place] != before.numbers.get(place)]
    lost = [place for place in before.numbers if place not in after.numbers]
    silent = [place for place in differing if not {place[0], ""} & asked]
    silent += [place for place in lost if not {place[0], ""} & told]
    if not silent:
        return ("told", "") if new else ("same", "")
    overwritten = {(place[0], address(*place[1:])) for place in touched if place is not None}
    labels = touched and (None in touched or not overwritten <= set(before.numbers))
    if labels or set(silent) <= overwritten:
        return "excused", ""
    place = silent[0]
    return "WRONG", f"{len(silent)} silent, {place} was {before.numbers.get(place)}, is {after.numbers.get(place)}"


def peak_memory() -> int:
    """Return the most memory, in bytes, that this process or a reading child of it has used; 0 where unknown."""
    if sys.platform == "win32":
        return 0
    import resource

    from dangvien_analysis import workbook

    workbook.end_reading()  # only those that have ended are counted
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def run_some(seeds: range) -> tuple[list[Outcome], int]:
    """Run some seeds in one process."""
    return [run(seed) for seed in seeds], peak_memory()


def main(arguments: list[str] | None = None) -> int:
    """Damage the files, print the tally, and each wrong one with its seed."""
    parser = argparse.ArgumentParser(description="Damages returns and looks for silent errors.")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1, help="the first of the seeds, one for each file")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(arguments)
    seeds = range(options.seed, options.seed + options.files)
    parts = [range(start, min(start + 100, seeds.stop)) for start in range(seeds.start, seeds.stop, 100)]
    with ProcessPoolExecutor(options.jobs) as pool:
        done = list(pool.map(run_some, parts))
    outcomes = [outcome for some, _ in done for outcome in some]
    memory = max(peak for _, peak in done)
    report(outcomes, memory, seeds)
    return 1 if memory > LARGE or any(outcome.fate == "WRONG" for outcome in outcomes) else 0


def report(outcomes: list[Outcome], memory: int, seeds: range) -> None:
    """Print what a person needs to know and to repeat a failure."""
    lines = [f"seeds {seeds.start} to {seeds.stop - 1}"]
    for names, field in ((DAMAGES, "damage"), (KINDS, "kind")):
        tally = Counter((getattr(outcome, field), outcome.fate) for outcome in outcomes)
        lines += [f"{name:17} {', '.join(f'{tally[name, fate]} {fate}' for fate in FATES)}" for name in names]
    slowest = max(outcome.seconds for outcome in outcomes)
    died = sum(outcome.died for outcome in outcomes)
    lines.append(f"slowest {slowest:.1f} s, most memory {memory >> 20} MiB, readers that had to be replaced {died}")
    wrong = [outcome for outcome in outcomes if outcome.fate == "WRONG"]
    lines += [f"WRONG seed {o.seed} {o.damage} .{o.kind}: {o.why}" for o in wrong[:60]]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
