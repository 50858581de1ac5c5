"""How long loading a return takes, against two yardsticks in the same run: `make bench`.

Many plain returns are written (three sheets, 90 counts each). Then `load_returns`, python-calamine and
`pandas.read_excel` with openpyxl read them in turn, several rounds of each, every reading in a fresh process, so that
no round profits from what an earlier one remembered. Times leave out starting Python and importing. Only the ratios
mean something: the machine is another one each time. Before any time counts, every number must have been read.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

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


def read_with_load_returns(folder: Path) -> float:
    """Return the seconds of `load_returns`; stop when a number is missing or an error was found."""
    from dangvien_analysis import load_returns

    start = time.perf_counter()
    returns = load_returns(folder)
    seconds = time.perf_counter() - start
    errors = returns.findings.query("level == 'error'")["message"]
    expected = len(returns.files) * COUNTS
    if len(returns.counts) != expected or len(errors):
        sys.exit(f"{len(returns.counts)} of {expected} counts were read; {errors.head(3).to_list()}")
    return seconds


def read_with_calamine(folder: Path) -> float:
    """Return the seconds that python-calamine alone takes for the same files."""
    from python_calamine import CalamineWorkbook

    paths = sorted(folder.glob("*.xlsx"))
    start = time.perf_counter()
    for path in paths:
        with CalamineWorkbook.from_path(path) as workbook:
            for name in workbook.sheet_names:
                workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return time.perf_counter() - start


def read_with_pandas(folder: Path) -> float:
    """Return the seconds of `pandas.read_excel` with openpyxl; a fifth of the files, as it is slow, counted up."""
    import openpyxl  # noqa: F401 - imported before the clock starts
    import pandas as pd

    paths = sorted(folder.glob("*.xlsx"))
    some = paths[::5]
    start = time.perf_counter()
    for path in some:
        pd.read_excel(path, engine="openpyxl", sheet_name=None)
    return (time.perf_counter() - start) * len(paths) / len(some)


READERS = {"load_returns": read_with_load_returns, "calamine": read_with_calamine, "pandas": read_with_pandas}


def peak_memory() -> float | None:
    """Return the most memory in MiB that this process and its largest child held; None on Windows."""
    try:
        import resource
    except ImportError:
        return None
    held = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(held) / 1024


def run_reader(name: str, folder: Path) -> tuple[float, float | None]:
    """Return seconds and peak MiB of one reader in a fresh process."""
    result = subprocess.run(
        [sys.executable, __file__, "--reader", name, "--folder", folder], capture_output=True, text=True, check=False
    )
    if result.returncode:
        sys.exit(result.stderr.strip() or f"{name} failed")
    seconds, memory = result.stdout.split()
    return float(seconds), None if memory == "None" else float(memory)


def compare(folder: Path, returns: int, rounds: int) -> None:
    """Run every reader `rounds` times in turn and print the medians and their ratios."""
    seconds: dict[str, list[float]] = {name: [] for name in READERS}
    memory = None
    for _ in range(rounds):
        for name in READERS:
            taken, held = run_reader(name, folder)
            seconds[name].append(taken)
            memory = held if name == "load_returns" else memory
    for name, taken in seconds.items():
        print(f"{name:13} {statistics.median(taken) / returns * 1000:7.2f} ms a file")
    for yardstick, limit in YARDSTICKS.items():
        ratio = statistics.median(a / b for a, b in zip(seconds["load_returns"], seconds[yardstick], strict=True))
        verdict = "met" if ratio <= limit else "missed"
        print(f"load_returns / {yardstick}: {ratio:.2f}, wanted at most {limit:.2f}: {verdict}")
    if memory:
        print(f"load_returns held at most {memory:.0f} MiB, its reading process included")


def main() -> None:
    """Make the returns in a temporary folder and compare the readers on them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--returns", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reader", choices=READERS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.reader:
        print(READERS[options.reader](options.folder), peak_memory())
        return
    with tempfile.TemporaryDirectory() as folder:
        write_collection(Path(folder), options.returns)
        print(f"{options.returns} returns, {COUNTS} counts each, {options.rounds} rounds")
        compare(Path(folder), options.returns, options.rounds)


if __name__ == "__main__":
    main()
