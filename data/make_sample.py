"""Make the workbooks of the collection `sample` from the invented numbers in `sample_truth.csv`.

Everything in them is invented but for two sums that an office published: 194 outstanding individuals, taken here as
students, and 43 staff sent to the course from four schools between 2021 and 14-3-2024.
Each number is written into one file only. Run `python data/make_sample.py` to make the files again: same bytes.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # so that `from data import …` finds drawing.py too

from drawing import Form, Key, Placement, header, heading, letterhead, notes, require, save, signatures
from openpyxl import Workbook
from sample_truth import GROUPS, SCHOOLS, STAGES, YEARS, check_truth, read_truth

SAMPLE = Path(__file__).resolve().parent / "raw" / "sample"
STAFF = "cán bộ, giáo viên, nhân viên"

DISTRICT = "ĐẢNG BỘ HUYỆN MINH HỌA"
OFFICE = ("HUYỆN ỦY MINH HỌA", "BAN TỔ CHỨC")
AS_OF = "(Số liệu tính đến ngày 14-3-2024)"
DATED = "Minh Họa, ngày 14 tháng 3 năm 2024"
CELL_SIGNS = ("T/M CHI BỘ", "BÍ THƯ")
BOARD_SIGNS = ("T/M BAN TỔ CHỨC", "TRƯỞNG BAN")


# --- school A: indicators down, years across ----------------------------------------------------------------------


def draw_school_a(truth: dict[Key, int]) -> Iterator[tuple[str, Workbook, list[Form]]]:
    """One sheet: a block for students and one for staff, a row for each step, a column for each year."""
    form = _begin(book := Workbook(), "Tổng hợp", "thpt-a.xlsx", truth)
    letterhead(form, 7, 2, (DISTRICT, "CHI BỘ TRƯỜNG THPT A"), DATED)
    heading(form, 5, 7, "BÁO CÁO KẾT QUẢ CÔNG TÁC PHÁT TRIỂN ĐẢNG VIÊN", AS_OF)
    form.text(7, 6, "Đơn vị tính: người", (7, 7), italic=True, align="right")
    names = ["STT", "Nội dung", *(f"Năm {year}" for year in YEARS), "Ghi chú"]
    header(form, 8, [(0, column, name) for column, name in enumerate(names, start=1)])
    row = 9
    for group, ordinal, name in (("student", "I", "HỌC SINH"), ("staff", "II", STAFF.upper())):
        row = _block_of_a(form, row, group, ordinal, name)
    notes(form, row, 7, "Ghi chú: kết nạp tính theo ngày ra quyết định.")
    signatures(form, row + 2, 7, 2, CELL_SIGNS)
    form.widths([6, 46, 11, 11, 11, 11, 16])
    yield "thpt-a.xlsx", book, [form]


def _block_of_a(form: Form, row: int, group: str, ordinal: str, name: str) -> int:
    for column, value in enumerate([ordinal, name, *[None] * 5], start=1):
        form.text(row, column, value, bold=True, box=True, align="left" if column == 2 else "center")
    for number, (label, measure) in enumerate(zip(LABELS_OF_A, STAGES, strict=True), start=1):
        row += 1
        _years_of_a(form, row, number, label, Key("thpt-a", "", group, "total", measure))
        if measure in ("nominated", "admitted"):
            row += 1
            _years_of_a(form, row, None, "Trong đó: nữ", Key("thpt-a", "", group, "female", measure))
    return row + 1


LABELS_OF_A = (
    "Cử đi học lớp bồi dưỡng nhận thức về Đảng",
    "Được cấp giấy chứng nhận",
    "Được phân công đảng viên giúp đỡ",
    "Chi bộ đề nghị kết nạp",
    "Được kết nạp",
)


def _years_of_a(form: Form, row: int, number: int | None, label: str, key: Key) -> None:
    form.text(row, 1, number, box=True, align="center")
    form.text(row, 2, label, box=True, italic=number is None)
    for column, year in enumerate(YEARS, start=3):
        form.count(row, column, key._replace(period=year))
    form.text(row, 7, None, box=True)


# --- school B: a sheet for each year ------------------------------------------------------------------------------


def draw_school_b(truth: dict[Key, int]) -> Iterator[tuple[str, Workbook, list[Form]]]:
    """Four sheets: groups down, steps across, the columns numbered."""
    book = Workbook()
    forms = [_sheet_of_b(book, truth, year) for year in YEARS]
    yield "thpt-b.xlsx", book, forms


def _sheet_of_b(book: Workbook, truth: dict[Key, int], year: str) -> Form:
    form = _begin(book, f"Năm {year}", "thpt-b.xlsx", truth, zero="-")
    letterhead(form, 8, 3, (DISTRICT, "CHI BỘ TRƯỜNG THPT B"), DATED)
    heading(form, 5, 8, f"BIỂU TỔNG HỢP CÔNG TÁC PHÁT TRIỂN ĐẢNG VIÊN NĂM {year}", _counted_to(year))
    steps = ("Cử đi học", "Được cấp GCN", "Được phân công giúp đỡ", "Đề nghị kết nạp", "Kết nạp")
    for column, name in enumerate(["TT", "Đối tượng", *steps, "Ghi chú"], start=1):
        header(form, 8, [(0, column, name), (1, column, column)])
    for row, group, name in ((10, "student", "Học sinh"), (11, "staff", "CBGVNV")):
        form.text(row, 1, row - 9, box=True, align="center")
        form.text(row, 2, name, box=True)
        for column, measure in enumerate(STAGES, start=3):
            form.count(row, column, Key("thpt-b", year, group, "total", measure))
        form.text(row, 8, None, box=True)
    signatures(form, 13, 8, 3, CELL_SIGNS)
    form.widths([6, 22, 13, 13, 16, 13, 13, 14])
    return form


def _counted_to(year: str) -> str:
    return AS_OF if year == "2024" else f"(Số liệu tính đến ngày 31-12-{year})"


# --- schools C and D: a summary of the office for each year -------------------------------------------------------


def draw_summaries(truth: dict[Key, int]) -> Iterator[tuple[str, Workbook, list[Form]]]:
    """One workbook a year: schools down, students and staff side by side under a merged header, a total row."""
    for year in YEARS:
        file = f"tong-hop-{year}.xlsx"
        form = _begin(book := Workbook(), "Tổng hợp", file, truth)
        dated = DATED if year == "2024" else f"Minh Họa, ngày 12 tháng 01 năm {int(year) + 1}"
        letterhead(form, 13, 4, OFFICE, dated)
        heading(form, 5, 13, f"TỔNG HỢP KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN TRONG TRƯỜNG HỌC NĂM {year}", _counted_to(year))
        _header_of_summary(form, 8)
        for row, school in ((10, "thpt-c"), (11, "thpt-d")):
            _school_row(form, row, row - 9, school)
            for column, (group, measure) in enumerate([(g, m) for g in GROUPS for m in STAGES], start=3):
                form.count(row, column, Key(school, year, group, "total", measure))
            form.text(row, 13, None, box=True)
        _total_row(form, 12, range(10, 12), range(3, 13), 13)
        signatures(form, 14, 13, 4, BOARD_SIGNS)
        form.widths([6, 20, *[10.5] * 10, 12])
        yield file, book, [form]


def _header_of_summary(form: Form, row: int) -> None:
    steps = ("Cử đi học", "Được cấp GCN", "Phân công giúp đỡ", "Đề nghị kết nạp", "Kết nạp")
    header(form, row, [(0, 1, "STT", 1, 1), (0, 2, "Tên trường", 1, 2), (0, 13, "Ghi chú", 1, 13)])
    header(form, row, [(0, 3, "Học sinh", 0, 7), (0, 8, "CBGVNV", 0, 12)])
    header(form, row, [(1, column, step) for column, step in enumerate(steps * 2, start=3)])


def _school_row(form: Form, row: int, number: int, school: str) -> None:
    form.text(row, 1, number, box=True, align="center")
    form.text(row, 2, f"Trường THPT {SCHOOLS[school]}", box=True)


def _total_row(form: Form, row: int, above: range, columns: range, last: int) -> None:
    form.text(row, 1, "Cộng", (row, 2), bold=True, align="center", box=True)
    for column in columns:
        form.total(row, column, above.start, above.stop - 1)
    for column in range(columns.stop, last + 1):
        form.text(row, column, None, box=True)


# --- targets ------------------------------------------------------------------------------------------------------


def draw_targets(truth: dict[Key, int]) -> Iterator[tuple[str, Workbook, list[Form]]]:
    """One workbook for all schools, a sheet for each group; in 2024 nothing has been added yet."""
    book = Workbook()
    groups = (("student", "Học sinh", "học sinh"), ("staff", "CBGVNV", STAFF))
    yield "chi-tieu.xlsx", book, [_sheet_of_targets(book, truth, *group) for group in groups]


def _sheet_of_targets(book: Workbook, truth: dict[Key, int], group: str, sheet: str, name: str) -> Form:
    form = _begin(book, sheet, "chi-tieu.xlsx", truth)
    letterhead(form, 9, 3, OFFICE, DATED)
    heading(form, 5, 9, "CHỈ TIÊU CÔNG TÁC PHÁT TRIỂN ĐẢNG VIÊN", f"Đối tượng: {name}")
    columns = _header_of_targets(form, 8)
    for row, school in enumerate(SCHOOLS, start=11):
        _school_row(form, row, row - 10, school)
        for column, (year, measure, kind) in enumerate(columns, start=3):
            form.count(row, column, Key(school, year, group, "total", measure, kind))
        form.text(row, 9, None, box=True)
    _total_row(form, 15, range(11, 15), range(3, 9), 9)
    signatures(form, 17, 9, 3, BOARD_SIGNS)
    form.widths([6, 22, *[12] * 6, 14])
    return form


def _header_of_targets(form: Form, row: int) -> list[tuple[str, str, str]]:
    header(form, row, [(0, 1, "STT", 2, 1), (0, 2, "Tên trường", 2, 2), (0, 9, "Ghi chú", 2, 9)])
    header(form, row, [(0, 3, "Năm 2023", 0, 6), (0, 7, "Năm 2024", 0, 8)])
    header(form, row, [(1, 3, "Cử đi học", 1, 4), (1, 5, "Kết nạp", 1, 6), (1, 7, "Cử đi học"), (1, 8, "Kết nạp")])
    given, added = "Chỉ tiêu giao", "Chỉ tiêu bổ sung"
    header(form, row, [(2, column, name) for column, name in enumerate([given, added] * 2 + [given] * 2, start=3)])
    of_2023 = [("2023", measure, kind) for measure in ("nominated", "admitted") for kind in ("target", "extra_target")]
    return [*of_2023, ("2024", "nominated", "target"), ("2024", "admitted", "target")]


# --- cohorts, and who is still here -------------------------------------------------------------------------------


def draw_cohorts(truth: dict[Key, int]) -> Iterator[tuple[str, Workbook, list[Form]]]:
    """One workbook a school: of those trained in a year, how many were admitted or left, year by year."""
    for school in SCHOOLS:
        file, book = f"khoa-hoc-{school}.xlsx", Workbook()
        students = _sheet_of_cohorts(book, file, truth, school, "student")
        staff = _sheet_of_cohorts(book, file, truth, school, "staff")
        yield file, book, [students, staff, _sheet_of_source(book, file, truth, school)]


def _sheet_of_cohorts(book: Workbook, file: str, truth: dict[Key, int], school: str, group: str) -> Form:
    student = group == "student"
    bare_years = school in ("thpt-b", "thpt-d")  # the columns say "2021", not "Năm 2021"
    zero = "-" if school in ("thpt-c", "thpt-d") else 0
    form = _begin(book, "Học sinh" if student else "CBGVNV", file, truth, zero)
    letterhead(form, 12, 3, (DISTRICT, f"CHI BỘ TRƯỜNG THPT {SCHOOLS[school]}"), DATED)
    name = "học sinh" if student else STAFF
    heading(form, 5, 12, "KẾT QUẢ KẾT NẠP ĐẢNG THEO KHÓA HỌC", f"Đối tượng: {name}", AS_OF)
    _header_of_cohorts(form, 9, "Ra trường" if student else "Chuyển công tác", bare_years)
    for row, cohort in enumerate(YEARS, start=11):
        form.text(row, 1, row - 10, box=True, align="center")
        form.text(row, 2, f"Khóa {cohort}", box=True)
        form.count(row, 3, Key(school, cohort, group, "total", "trained", cohort=cohort))
        for column, (measure, year) in enumerate([(m, y) for m in ("admitted", "departed") for y in YEARS], start=4):
            form.count(row, column, Key(school, year, group, "total", measure, cohort=cohort))
        form.text(row, 12, None, box=True)
    _total_row(form, 15, range(11, 15), range(3, 12), 12)
    signatures(form, 17, 12, 3, CELL_SIGNS)
    form.widths([6, 18, 14, *[9.5] * 8, 12])
    return form


def _header_of_cohorts(form: Form, row: int, leaving: str, bare_years: bool) -> None:
    header(form, row, [(0, 1, "STT", 1, 1), (0, 2, "Khóa học", 1, 2), (0, 3, "Số được cấp GCN", 1, 3)])
    header(form, row, [(0, 4, "Kết nạp", 0, 7), (0, 8, f"{leaving} khi chưa kết nạp", 0, 11)])
    years = [int(year) if bare_years else f"Năm {year}" for year in YEARS]
    header(form, row, [(1, column, year) for column, year in enumerate(years * 2, start=4)])
    header(form, row, [(0, 12, "Ghi chú", 1, 12)])


def _sheet_of_source(book: Workbook, file: str, truth: dict[Key, int], school: str) -> Form:
    form = _begin(book, "Năm 2024", file, truth)
    letterhead(form, 4, 2, (DISTRICT, f"CHI BỘ TRƯỜNG THPT {SCHOOLS[school]}"), DATED)
    heading(form, 5, 4, "TÌNH HÌNH NGUỒN KẾT NẠP ĐẢNG NĂM 2024", AS_OF)
    names = ("TT", "Nội dung", "Số người", "Ghi chú")
    header(form, 8, [(0, column, name) for column, name in enumerate(names, start=1)])
    for row, (number, label, group, breakdown, measure) in enumerate(LINES_OF_SOURCE, start=9):
        form.text(row, 1, number, box=True, align="center")
        form.text(row, 2, label, box=True, italic=number is None)
        form.count(row, 3, Key(school, "2024", group, breakdown, measure))
        form.text(row, 4, None, box=True)
    notes(
        form,
        14,
        4,
        "Nguồn kết nạp: người đã được cấp giấy chứng nhận, chưa được kết nạp, còn học tập, công tác tại trường.",
        "Đủ 18 tuổi: tính cả học sinh sẽ đủ 18 tuổi trước ngày 01-7-2024.",
    )
    signatures(form, 17, 4, 2, CELL_SIGNS)
    form.widths([6, 48, 16, 18])
    return form


LINES_OF_SOURCE = (
    (1, "Học sinh trong nguồn kết nạp", "student", "total", "source"),
    (None, "Trong đó: đủ 18 tuổi", "student", "age_18", "source"),
    (2, "Học sinh đang hoàn thiện hồ sơ", "student", "total", "dossier"),
    (3, "CBGVNV trong nguồn kết nạp", "staff", "total", "source"),
    (4, "CBGVNV đang hoàn thiện hồ sơ", "staff", "total", "dossier"),
)


# --- reasons ------------------------------------------------------------------------------------------------------


def draw_reasons(truth: dict[Key, int]) -> Iterator[tuple[str, Workbook, list[Form]]]:
    """One workbook a school: one main reason for each student who left without having been admitted."""
    lines = {"under_age": "Chưa đủ 18 tuổi", "dossier_incomplete": "Chưa hoàn thiện hồ sơ", "other": "Lý do khác"}
    for school, letter in SCHOOLS.items():
        file = f"ly-do-{school}.xlsx"
        form = _begin(book := Workbook(), "Lý do", file, truth)
        letterhead(form, 4, 2, (DISTRICT, f"CHI BỘ TRƯỜNG THPT {letter}"), DATED)
        heading(form, 5, 4, "LÝ DO CHƯA ĐƯỢC KẾT NẠP CỦA HỌC SINH ĐÃ RA TRƯỜNG", "Báo cáo năm 2024", AS_OF)
        names = ("STT", "Lý do chính", "Số học sinh chưa được kết nạp", "Ghi chú")
        header(form, 9, [(0, column, name) for column, name in enumerate(names, start=1)])
        for row, (reason, label) in enumerate(lines.items(), start=10):
            form.text(row, 1, row - 9, box=True, align="center")
            form.text(row, 2, label, box=True)
            form.count(row, 3, Key(school, "2024", "student", "total", "not_admitted", reason=reason))
            form.text(row, 4, None, box=True)
        _total_row(form, 13, range(10, 13), range(3, 4), 4)
        notes(form, 14, 4, "Mỗi học sinh chỉ ghi một lý do chính.")
        signatures(form, 16, 4, 2, CELL_SIGNS)
        form.widths([6, 40, 20, 18])
        yield file, book, [form]


# --- all of it ----------------------------------------------------------------------------------------------------

DRAWERS = (draw_school_a, draw_school_b, draw_summaries, draw_targets, draw_cohorts, draw_reasons)


def _begin(book: Workbook, sheet: str, file: str, truth: dict[Key, int], zero: int | str = 0) -> Form:
    first = book.active
    if first is not None and first.title == "Sheet":  # a new workbook comes with one empty sheet
        book.remove(first)
    return Form(book.create_sheet(sheet), file, truth, zero)


def draw_all() -> tuple[dict[str, Workbook], list[Placement]]:
    """Draw every workbook; stop unless each number of the truth was placed once."""
    truth = read_truth()
    check_truth(truth)
    books, placed = {}, []
    for draw in DRAWERS:
        for file, book, forms in draw(truth):
            books[file] = book
            placed += [placement for form in forms for placement in form.placed]
    require(
        sorted(map(repr, truth)) == sorted(repr(Key(*row[3:-1])) for row in placed), "not every number was placed once"
    )
    return books, placed


def placements() -> list[Placement]:
    """Return where each number of the sample stands and what it says."""
    return draw_all()[1]


def main(folder: Path = SAMPLE) -> None:
    """Write the workbooks into a folder."""
    for file, book in draw_all()[0].items():
        save(book, folder / file)
        print(folder / file)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
