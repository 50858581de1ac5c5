"""Picture what a school gets back from `dangvien check`: part of `make look`.

The sample's returns are given faults, checked, and every file that goes back is drawn page by page into
reports/pictures/can-sua/, as LibreOffice prints it. Saved again by LibreOffice, as a school would, a marked copy must
load as before, and a second check must put new marks in place of the old ones; else the exit status is 1.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from dangvien_analysis.marking.book import marked_copy
from dangvien_analysis.marking.list_sheet import Letter
from dangvien_analysis.reading.cells import Sheet
from dangvien_analysis.reading.own_list import is_list
from dangvien_analysis.reading.read import read_bytes
from dangvien_analysis.workbook import read_workbook

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "raw" / "sample"
PICTURES = ROOT / "reports" / "pictures" / "can-sua"
DPI = 80


def spoil_school_a(book: Workbook) -> None:
    """Put six faults into one return: words, a negative number, a date, an error, a part too large, a new header."""
    sheet = book["Tổng hợp"]
    sheet["D10"] = "khoảng 16"
    sheet["E13"] = -1
    sheet["C14"] = date(2024, 6, 4)
    sheet["C14"].number_format = "d/m"
    sheet["F15"] = "#REF!"
    sheet["D16"] = 5
    sheet["B22"] = "Được kết nạp tạm thời"
    sheet["C10"].comment = Comment("Đã đối chiếu với sổ của nhà trường.", "Nhà trường")


def spoil_school_b(book: Workbook) -> None:
    """Leave a formula that no program calculated, and hide a sheet."""
    book["Năm 2023"]["C10"] = "=10+9"
    book["Năm 2021"].sheet_state = "hidden"


def spoil_summary(book: Workbook) -> None:
    """Make a total differ from its parts, and name a school that is on no list."""
    sheet = book["Tổng hợp"]
    sheet["C12"] = 17
    sheet["B11"] = "Trường THPT Đ"


def spoil_reasons(book: Workbook) -> None:
    """Lay a list of people beside the numbers; nobody in it is real."""
    sheet = book.create_sheet("Danh sách")
    sheet.append(["STT", "Họ và tên", "Ngày sinh", "Số CCCD"])
    for number in range(1, 6):
        sheet.append([number, f"Người Thứ {number}", "01/01/2006", "000000000000"])


FAULTS: dict[str, Callable[[Workbook], None]] = {
    "thpt-a.xlsx": spoil_school_a,
    "thpt-b.xlsx": spoil_school_b,
    "tong-hop-2021.xlsx": spoil_summary,
    "ly-do-thpt-d.xlsx": spoil_reasons,
}


def make_faulty(folder: Path) -> list[Path]:
    """Copy the sample into `folder` with faults in some of its returns, one as an old .xls; return those."""
    shutil.copytree(SAMPLE, folder)
    made = []
    for name, spoil in FAULTS.items():
        book = openpyxl.load_workbook(folder / name)
        spoil(book)
        book.save(folder / name)
        made.append(folder / name)
    old = openpyxl.load_workbook(folder / "khoa-hoc-thpt-c.xlsx")
    old["Học sinh"]["C11"] = "chín"
    old.save(folder / "khoa-hoc-thpt-c.xlsx")
    convert(folder / "khoa-hoc-thpt-c.xlsx", "xls", folder)
    (folder / "khoa-hoc-thpt-c.xlsx").unlink()
    return [*made, folder / "khoa-hoc-thpt-c.xls"]


def convert(path: Path, ending: str, folder: Path) -> Path:
    """Have LibreOffice save a file as another kind."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        office = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command = [*office, "--convert-to", ending, "--outdir", folder, path]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{ending}"


def picture(path: Path) -> None:
    """Draw every page of a workbook into the folder of pictures."""
    pdf = convert(path, "pdf", PICTURES)
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", pdf, PICTURES / path.stem], check=True)
    pdf.unlink()


def survives(path: Path, work: Path) -> bool:
    """Tell whether a marked copy that LibreOffice has saved reads the same, and can be marked anew in place of old."""
    saved = convert(path, "xlsx", work / "saved")
    letter = Letter("", path.name, "", "", illustrative=False, marked=True)
    again = work / "again.xlsx"
    again.write_bytes(marked_copy(saved.read_bytes(), letter, []))
    left = openpyxl.load_workbook(again)
    marks = sum(len(sheet.conditional_formatting) for sheet in left)
    notes = sum("Kiểm tra báo cáo" in cell.comment.text for s in left for row in s for cell in row if cell.comment)
    # A formula that no program had calculated has a number once LibreOffice has saved the file.
    same = set(numbers(path)) <= set(numbers(saved)) and numbers(saved) == numbers(again)
    return same and not marks and not notes and sum(is_list(sheet) for sheet in sheets(again)) == 1


def sheets(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook, the list among them."""
    return read_bytes(path.read_bytes(), path.name).sheets


def numbers(path: Path) -> list[tuple]:
    """Return what the loader reads of a workbook, by sheet and place: its numbers."""
    found = read_workbook(path).sheets
    return [(sheet.name, place, cell.n) for sheet in found for place, cell in sheet.cells.items() if cell.n is not None]


def main() -> int:
    """Make the faulty returns, check them, and draw what goes back."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        faulty = make_faulty(Path(work) / "data" / "raw" / "sample")
        out = Path(work) / "can-sua"
        command = [sys.executable, "-m", "dangvien_analysis", "check", *faulty, "--out", out]
        done = subprocess.run(command, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
        written = sorted(out.glob("*.xlsx"))
        for path in written:
            picture(path)
        lost = [path.name for path in written if len(sheets(path)) > 1 and not survives(path, Path(work))]
    for name in lost:
        print(f"{name}: saved by LibreOffice it does not load as before, or keeps old marks")
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in {os.path.relpath(PICTURES, ROOT)}")
    return 0 if done.returncode == 1 and not lost else 1  # 1 is what `check` says of returns with faults


if __name__ == "__main__":
    sys.exit(main())
