"""How long a batch of reports takes, against two yardsticks in the same run: `make bench`.

One report is made for each of twenty schools, in three ways that take turns, several rounds of each:

- batch: `dangvien report --each-school`, executed and exported to HTML and PDF;
- plain: the same cells as plain Python scripts, two at a time, which draw the same charts and export nothing;
- papermill: `papermill`, then `jupyter nbconvert --to html`, two at a time, as one would without this package.

Then the export of one report to both formats against its execution. Only the ratios mean something: the machine is
another one each time.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench_loading import write_collection

ROOT = Path(__file__).resolve().parent.parent
NAME = "twenty"
AT_ONCE = 2
SLOWER, FASTER, EXPORT = 1.5, 1.5, 1 / 3  # than plain scripts, than papermill and nbconvert; of the execution


def prepare(home: Path, schools: int, notebook: str) -> list[str]:
    """Make a project with one collection and one notebook, load it, and return the schools' ids."""
    collection = home / "data" / "raw" / NAME
    collection.mkdir(parents=True)
    write_collection(collection, schools)
    (home / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / f"{notebook}.ipynb", home / "notebooks")
    run(home, sys.executable, "-m", "dangvien_analysis", "load", NAME)
    return [f"school-{number}" for number in range(schools)]


def run(home: Path, *command: str | Path) -> None:
    """Run one command of the project in `home`; stop when it fails."""
    environment = {**os.environ, "DANGVIEN_HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [str(part) for part in command], cwd=home, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr[-2000:]}")


def make_batch(home: Path, notebook: str, schools: list[str]) -> None:
    """Make every report with this package, as a user would."""
    out = home / "batch"
    asked = ["--notebook", notebook, "--each-school", "--out", out]
    run(home, sys.executable, "-m", "dangvien_analysis", "report", NAME, *asked)
    made = len([*out.glob("*.html"), *out.glob("*.pdf")]) - 1  # the index page
    if made != 2 * len(schools):
        sys.exit(f"{made} of {2 * len(schools)} files were made")


def make_plain(home: Path, notebook: str, schools: list[str]) -> None:
    """Run every report's cells as a plain script."""
    cells = json.loads((home / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    for school in schools:
        given = f'collection, schools = "{NAME}", "{school}"'
        (home / f"{school}.py").write_text("\n\n".join([code[0], given, *code[1:]]), encoding="utf-8")
    at_once(lambda school: run(home, sys.executable, f"{school}.py"), schools)


def make_papermill(home: Path, notebook: str, schools: list[str]) -> None:
    """Run papermill and nbconvert for every school."""
    at_once(lambda school: _papermill(home, notebook, school), schools)


def _papermill(home: Path, notebook: str, school: str) -> None:
    executed = home / f"{school}.ipynb"
    given = ["-p", "collection", NAME, "-p", "schools", school, "--no-progress-bar"]
    run(home, sys.executable, "-m", "papermill", home / "notebooks" / f"{notebook}.ipynb", executed, *given)
    run(home, sys.executable, "-m", "nbconvert", "--to", "html", executed)


def at_once(make: Callable[[str], None], schools: list[str]) -> None:
    """Do it for every school, two at a time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(make, schools))


WAYS = {"batch": make_batch, "plain": make_plain, "papermill": make_papermill}


def seconds(way: str, home: Path, notebook: str, schools: list[str]) -> float:
    """Return how long one way takes."""
    start = time.perf_counter()
    WAYS[way](home, notebook, schools)
    return time.perf_counter() - start


def export_share(home: Path, notebook: str, school: str) -> float:
    """Return how long one report's export to both formats takes, as a share of its execution, in a used process."""
    os.environ["DANGVIEN_HOME"] = str(home)
    os.environ["PYTHONPATH"] = str(ROOT)
    sys.path.insert(0, str(ROOT))
    from dangvien_analysis import execution, report
    from dangvien_analysis.loading import current_returns

    planned = report.plan(current_returns(NAME), notebook, {"schools": school}, report.FORMATS, home / "one")
    times = {"whole": [], "execution": []}
    for _ in range(4):
        start = time.perf_counter()
        report.make(planned)
        times["whole"].append(time.perf_counter() - start)
        start = time.perf_counter()
        execution.execute(planned.notebook, home / "one.ipynb", planned.values, planned.origin)
        times["execution"].append(time.perf_counter() - start)
    executed = statistics.median(times["execution"][1:])
    return (statistics.median(times["whole"][1:]) - executed) / executed


def compare(home: Path, notebook: str, schools: list[str], rounds: int) -> dict[str, float]:
    """Return the median seconds of each way; the ways take turns, so that a busy minute hits all of them."""
    times: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            times[way].append(seconds(way, home, notebook, schools))
            print(f"{way}: {times[way][-1]:.1f} s", flush=True)
    return {way: statistics.median(found) for way, found in times.items()}


def main() -> int:
    """Measure, print the ratios and return 1 if one of them is not met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--schools", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--notebook", default=default_notebook())
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        schools = prepare(home, asked.schools, asked.notebook)
        took = compare(home, asked.notebook, schools, asked.rounds)
        share = export_share(home, asked.notebook, schools[0])
    plain, papermill = took["batch"] / took["plain"], took["papermill"] / took["batch"]
    print(f"{asked.schools} reports by {asked.notebook}: {took['batch']:.1f} s")
    met = [
        report_ratio("times as long as plain scripts", plain, plain <= SLOWER, f"at most {SLOWER}"),
        report_ratio("times as fast as papermill and nbconvert", papermill, papermill >= FASTER, f"at least {FASTER}"),
        report_ratio("of the execution for the export of one report", share, share < EXPORT, f"less than {EXPORT:.2f}"),
    ]
    return 0 if all(met) else 1


def default_notebook() -> str:
    """Return the notebook made for one school, where this copy of the project has it."""
    return "school_report" if (ROOT / "notebooks" / "school_report.ipynb").is_file() else "02_trends"


def report_ratio(what: str, ratio: float, met: bool, limit: str) -> bool:
    """Print one ratio and return whether it is met."""
    print(f"{ratio:.2f} {what} ({limit}): {'met' if met else 'NOT MET'}")
    return met


if __name__ == "__main__":
    sys.exit(main())
