"""How long loading a return takes, against two yardsticks in the same run: `make bench`.

Many plain returns are written (three sheets, 90 counts each). Then `load_returns`, python-calamine and
`pandas.read_excel` with openpyxl read them in turn, several rounds of each, every reading in a fresh process, so that
no round profits from what an earlier one remembered. Times leave out starting Python and importing. Only the ratios
mean something: the machine is another one each time, and others may work on it, so the least of the rounds counts, and
the time of all processors stands beside the time on the clock: `load_returns` opens files in processes of their own.
Before any time counts, every number must have been read. `--grow 10000` shows time and memory of many returns.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

YEARS = ("2021", "2022", "2023")
STAGES = (
    "Được giới thiệu, cử đi học lớp bồi dưỡng nhận thức về Đảng",
    "Hoàn thành lớp, được cấp giấy chứng nhận",
    "Được phân công đảng viên giúp đỡ",
    "Được chi bộ đề nghị kết nạp",
    "Được kết nạp Đảng",
)
GROUPS = ("I. Học sinh", "II. Cán bộ, giáo viên, nhân viên")
COUNTS = len(YEARS) * len(GROUPS) * len(STAGES) * 3  # total, women, ethnic minorities
SYLLABLES = (
    *("An", "Bắc", "Cẩm", "Châu", "Đông", "Giang", "Hà", "Hải", "Hòa", "Hưng", "Khánh", "Kim", "Lâm", "Lộc", "Long"),
    *("Minh", "Mỹ", "Nghĩa", "Phong", "Phú", "Quang", "Sơn", "Tân", "Thành", "Thịnh", "Thủy", "Trung", "Vân", "Vĩnh"),
)
YARDSTICKS = {"calamine": 8, "pandas": 1 / 5}  # at most so many times as long


def school_names(number: int) -> list[str]:
    """Return so many different names of schools."""
    names = [f"Trường THPT {' '.join(syllables)}" for syllables in product(SYLLABLES, repeat=3)]
    random.Random(1).shuffle(names)
    return names[:number]


def write_collection(folder: Path, returns: int) -> None:
    """Write so many returns and the collection.toml that knows their schools into `folder`."""
    names = school_names(returns)
    lines = ["[collection]", 'title = "Đo tốc độ đọc"', f"periods = {list(YEARS)!r}".replace("'", '"')]
    for number, name in enumerate(names):
        lines += ["[[schools]]", f'id = "school-{number}"', f'name = "{name}"']
        write_return(folder / f"school-{number}.xlsx", name, random.Random(number))
    (folder / "collection.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_return(path: Path, school: str, chance: random.Random) -> None:
    """Write one school's return: a sheet per year, students and staff as sections, stages down."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as workbook:
        frame = workbook.add_format({"border": 1, "font_name": "Times New Roman", "font_size": 13})
        for year in YEARS:
            write_sheet(workbook.add_worksheet(f"Năm {year}"), school, year, table_rows(chance), frame)


def write_sheet(sheet: "Worksheet", school: str, year: str, rows: list[list[str | int]], frame: "Format") -> None:
    """Write one year's sheet as such sheets look: head, title, bordered table, date and signature."""
    sheet.write("A1", school)
    sheet.write("A3", f"KẾT QUẢ CÔNG TÁC PHÁT TRIỂN ĐẢNG VIÊN NĂM {year}")
    sheet.write("F4", "Đơn vị tính: người")
    for spot, text in {"A5:A6": "TT", "B5:B6": "Nội dung", "C5:C6": "Tổng số", "D5:E5": "Trong đó"}.items():
        sheet.merge_range(spot, text, frame)
    sheet.merge_range("F5:F6", "Ghi chú", frame)
    sheet.write_row("D6", ["Nữ", "Dân tộc thiểu số"], frame)
    for number, row in enumerate(rows, start=6):
        sheet.write_row(number, 0, row + [""] * (6 - len(row)), frame)
    sheet.write(len(rows) + 7, 3, f"Ngày 05 tháng 01 năm {int(year) + 1}")
    sheet.write(len(rows) + 8, 3, "T/M CHI BỘ")
    sheet.write(len(rows) + 9, 3, "BÍ THƯ")


def table_rows(chance: random.Random) -> list[list[str | int]]:
    """Return the rows below the header; stages fall in order and parts are below their whole."""
    rows: list[list[str | int]] = []
    for group in GROUPS:
        rows.append(["", group])
        whole = chance.randint(60, 90)
        for number, stage in enumerate(STAGES, start=1):
            rows.append([number, stage, whole, whole // 2, whole // 5])
            whole -= chance.randint(1, 10)
    return rows


def clocks() -> tuple[float, float]:
    """Return the seconds on the clock, and those that this process has worked."""
    return time.perf_counter(), time.process_time()


def since(start: tuple[float, float]) -> tuple[float, float]:
    """Return how far both clocks have gone on."""
    return tuple(now - then for now, then in zip(clocks(), start, strict=True))


def read_with_load_returns(folder: Path) -> tuple[float, float]:
    """Return the seconds of `load_returns`; stop when a number is missing or an error was found."""
    from dangvien_analysis import load_returns

    start = clocks()
    returns = load_returns(folder)
    seconds = since(start)
    errors = returns.findings.query("level == 'error'")["message"]
    expected = len(returns.files) * COUNTS
    if len(returns.counts) != expected or len(errors):
        sys.exit(f"{len(returns.counts)} of {expected} counts were read; {errors.head(3).to_list()}")
    return seconds


def read_with_calamine(folder: Path) -> tuple[float, float]:
    """Return the seconds that python-calamine alone takes for the same files."""
    from python_calamine import CalamineWorkbook

    paths = sorted(folder.glob("*.xlsx"))
    start = clocks()
    for path in paths:
        with CalamineWorkbook.from_path(path) as workbook:
            for name in workbook.sheet_names:
                workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return since(start)


def read_with_pandas(folder: Path) -> tuple[float, float]:
    """Return the seconds of `pandas.read_excel` with openpyxl; a fifth of the files, as it is slow, counted up."""
    import openpyxl  # noqa: F401 - imported before the clock starts
    import pandas as pd

    paths = sorted(folder.glob("*.xlsx"))
    some = paths[::5]
    start = clocks()
    for path in some:
        pd.read_excel(path, engine="openpyxl", sheet_name=None)
    wall, cpu = since(start)
    return wall * len(paths) / len(some), cpu * len(paths) / len(some)


READERS = {"load_returns": read_with_load_returns, "calamine": read_with_calamine, "pandas": read_with_pandas}


class Taken(NamedTuple):
    """What a reading took, with the processes it started: ms a file, and MiB in all (None on Windows)."""

    wall: float
    cpu: float
    memory: float | None


def measure(name: str, folder: Path) -> Taken:
    """Run one reader in this process."""
    files = len(list(folder.glob("*.xlsx")))
    wall, cpu = READERS[name](folder)
    memory = None
    with suppress(ImportError):
        import resource

        from dangvien_analysis.workbook import end_reading

        end_reading()
        own, started = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        cpu += started.ru_utime + started.ru_stime
        memory = (own.ru_maxrss + started.ru_maxrss) / 1024
    return Taken(wall / files * 1000, cpu / files * 1000, memory)


def run_reader(name: str, folder: Path) -> Taken:
    """Run one reader in a fresh process."""
    result = subprocess.run(
        [sys.executable, __file__, "--reader", name, "--folder", folder], capture_output=True, text=True, check=False
    )
    if result.returncode:
        sys.exit(result.stderr.strip() or f"{name} failed")
    return Taken(*json.loads(result.stdout))


def compare(folder: Path, rounds: int) -> None:
    """Run every reader `rounds` times in turn and print the least that each took, and the ratios."""
    taken: dict[str, list[Taken]] = {name: [] for name in READERS}
    for _ in range(rounds):
        for name in READERS:
            taken[name].append(run_reader(name, folder))
    wall = {name: min(one.wall for one in runs) for name, runs in taken.items()}
    cpu = {name: min(one.cpu for one in runs) for name, runs in taken.items()}
    for name in READERS:
        print(f"{name:13} {wall[name]:7.2f} ms a file, {cpu[name]:7.2f} ms of all processors")
    for yardstick, limit in YARDSTICKS.items():
        ratio, of_cpu = wall["load_returns"] / wall[yardstick], cpu["load_returns"] / cpu[yardstick]
        verdict = "met" if ratio <= limit else "missed"
        print(
            f"load_returns / {yardstick}: {ratio:.2f}, wanted at most {limit:.2f}: {verdict} (processors {of_cpu:.2f})"
        )
    tell_memory(taken["load_returns"][-1])


def tell_memory(taken: Taken) -> None:
    """Print the most memory that a reading held."""
    if taken.memory:
        print(f"load_returns held at most {taken.memory:.0f} MiB, its reading process included")


def grow(folder: Path, returns: int) -> None:
    """Load ever more returns: time a file must stay the same, and memory under 1 GiB."""
    for number in (returns // 10, returns):
        part = folder / str(number)
        part.mkdir()
        write_collection(part, number)
        taken = run_reader("load_returns", part)
        print(f"{number} returns: {taken.wall:.2f} ms a file, {taken.cpu:.2f} ms of all processors")
        tell_memory(taken)


def main() -> None:
    """Make the returns in a temporary folder and compare the readers on them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--returns", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--grow", type=int, metavar="RETURNS", help="load so many (10000), and a tenth, and compare")
    parser.add_argument("--reader", choices=READERS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.reader:
        print(json.dumps(measure(options.reader, options.folder)))
        return
    with tempfile.TemporaryDirectory() as folder:
        if options.grow:
            grow(Path(folder), options.grow)
            return
        write_collection(Path(folder), options.returns)
        print(f"{options.returns} returns, {COUNTS} counts each, the least of {options.rounds} rounds")
        compare(Path(folder), options.rounds)


if __name__ == "__main__":
    main()
