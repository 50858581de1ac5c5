"""Set published figures as tables: the collections `quang-tri-2024` and `hung-ha-2023`.

The numbers are those of the sources named in each collection's SOURCES.md; only the layout is ours.
Run `python data/make_published.py` to make the files again: same bytes.
"""

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # so that `from data import …` finds drawing.py too

from drawing import Form, Key, Placement, header, heading, notes, require, save
from openpyxl import Workbook

RAW = Path(__file__).resolve().parent / "raw"

QUANG_TRI = {
    "dong-ha": ("Đông Hà", 53),
    "tx-quang-tri": ("Thị xã Quảng Trị", 25),
    "vinh-linh": ("Vĩnh Linh", 32),
    "huong-hoa": ("Hướng Hóa", 28),
    "trieu-phong": ("Triệu Phong", 20),
    "gio-linh": ("Gio Linh", 17),
    "hai-lang": ("Hải Lăng", 17),
    "cam-lo": ("Cam Lộ", 12),
    "dakrong": ("Đakrông", 5),
}
QUANG_TRI_TOTAL = 209
HUNG_HA = {"trained": 731, "admitted": 2}


def draw_quang_tri() -> tuple[str, Workbook, Form]:
    """Nine districts and their total, pupils admitted in the first half of 2024."""
    keys = {school: Key(school, "2024-H1", "student", "total", "admitted") for school in QUANG_TRI}
    truth = {key: QUANG_TRI[school][1] for school, key in keys.items()}
    require(sum(truth.values()) == QUANG_TRI_TOTAL, "Quảng Trị")
    book, form = _begin("hoc-sinh-duoc-ket-nap.xlsx", "6 tháng đầu năm 2024", truth)
    heading(form, 1, 3, "HỌC SINH ĐƯỢC KẾT NẠP VÀO ĐẢNG", "6 tháng đầu năm 2024, tỉnh Quảng Trị")
    header(form, 4, [(0, 1, "STT"), (0, 2, "Đơn vị"), (0, 3, "Số học sinh được kết nạp")])
    for row, (school, key) in enumerate(keys.items(), start=5):
        form.text(row, 1, row - 4, box=True, align="center")
        form.text(row, 2, QUANG_TRI[school][0], box=True)
        form.count(row, 3, key)
    form.text(14, 1, "Toàn tỉnh", (14, 2), bold=True, align="center", box=True)
    form.total(14, 3, 5, 13)
    notes(form, 15, 3, "Nguồn: vietnam.vn.")
    form.widths([6, 34, 22])
    return form.file, book, form


def draw_hung_ha() -> tuple[str, Workbook, Form]:
    """One district, pupils who took the course and pupils admitted, November 2022 to October 2023."""
    keys = [Key("hung-ha", "2022-11/2023-10", "student", "total", measure) for measure in HUNG_HA]
    book, form = _begin("phat-trien-dang-vien.xlsx", "Học sinh", dict(zip(keys, HUNG_HA.values(), strict=True)))
    heading(form, 1, 4, "KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN LÀ HỌC SINH", "Từ tháng 11/2022 đến tháng 10/2023")
    header(form, 4, [(0, 1, "STT", 1, 1), (0, 2, "Đơn vị", 1, 2), (0, 3, "Học sinh", 0, 4)])
    header(form, 4, [(1, 3, "Đã học lớp bồi dưỡng nhận thức về Đảng"), (1, 4, "Được kết nạp")])
    form.text(6, 1, 1, box=True, align="center")
    form.text(6, 2, "Huyện Hưng Hà", box=True)
    for column, key in enumerate(keys, start=3):
        form.count(6, column, key)
    notes(form, 7, 4, "Nguồn: congluan.vn.")
    form.widths([6, 30, 24, 16])
    return form.file, book, form


def _begin(file: str, sheet: str, truth: dict[Key, int]) -> tuple[Workbook, Form]:
    book = Workbook()
    book.active.title = sheet
    return book, Form(book.active, file, truth)


DRAWERS: dict[str, Callable[[], tuple[str, Workbook, Form]]] = {
    "quang-tri-2024": draw_quang_tri,
    "hung-ha-2023": draw_hung_ha,
}


def placements(collection: str) -> list[Placement]:
    """Return where each number of a published collection stands and what it says."""
    return DRAWERS[collection]()[2].placed


def main(folder: Path = RAW) -> None:
    """Write each collection's workbook into its folder under `folder`."""
    for collection, draw in DRAWERS.items():
        file, book, _ = draw()
        save(book, folder / collection / file)
        print(folder / collection / file)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
