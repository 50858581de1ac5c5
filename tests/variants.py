"""Sheets of one form: the same workbook with other numbers, schools, days and stray texts.

Read one after another they share plans; read each by itself they must give the same.
"""

from collections.abc import Iterable
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd

from dangvien_analysis.reading.cells import COUNT, TEXT, ZERO, Cell, number_cell, text_cell
from dangvien_analysis.returns.reading import Reader
from dangvien_analysis.settings import Collection, find_collection, workbook_files
from dangvien_analysis.workbook import Sheet, Workbook, read_workbooks

NUMBERS = [*map(number_cell, (0, 1, 2, 3, 5, 12, 25, 100, 1200, 9.8, -1, 0.5, 2023))]
NUMBERS += [*map(text_cell, ("-", "không", "12 em", "5 GV", "1.234", "05", "3"))]
TEXTS = (
    *("Nguyễn Văn Bình", "Ngày 5 tháng 3 năm 2024", "Ngày 15 tháng 1 năm 2025", "Tính đến ngày 31/12/2023"),
    *("Sân bóng", "không rõ", "Từ năm 2021 đến nay", "Biểu 2", "4=3/2", "(5)", "a"),
)


def assert_plans_change_nothing(folder: Path, variants: int, random: Random) -> None:
    """Read variants of all workbooks of a collection with plans kept and without: the same numbers and findings."""
    collection = find_collection(folder)
    names = sorted((_bare_name(school.name) for school in collection.schools), key=len, reverse=True)
    read = [(path.name, workbook) for path, workbook in read_workbooks(workbook_files(collection))]
    files = [(f"{n} {name}", _varied(book, names, random)) for name, book in read for n in range(variants)]
    random.shuffle(files)
    with_plans, without = (_read(files, collection, keep_plans) for keep_plans in (True, False))
    for one, other in zip(with_plans[:2], without[:2], strict=True):
        pd.testing.assert_frame_equal(one, other)
    assert with_plans[2] == without[2]


def _read(files: Iterable[tuple[str, Workbook]], collection: Collection, keep_plans: bool) -> tuple:
    reader = Reader(collection, keep_plans)
    findings = [sorted(reader.read_file(*file)) for file in files]
    ledgers = (reader.numbers, reader.references)
    return *(ledger.frame(np.arange(len(ledger))) for ledger in ledgers), findings


def _bare_name(name: str) -> str:
    return name.removeprefix("Trường ").removeprefix("THPT ")


def _varied(workbook: Workbook, names: list[str], random: Random) -> Workbook:
    return workbook._replace(sheets=tuple(_varied_sheet(sheet, names, random) for sheet in workbook.sheets))


def _varied_sheet(sheet: Sheet, names: list[str], random: Random) -> Sheet:
    renamed = dict(zip(names, random.sample(names, len(names)), strict=True))
    share = random.choice((0.1, 1))
    cells = {}
    for place, cell in sheet.cells.items():
        if cell.state in (COUNT, ZERO) and random.random() < share:
            cells[place] = random.choice([*NUMBERS, cell, cell])
        elif cell.state == TEXT and random.random() < 0.01:
            cells[place] = text_cell(random.choice(TEXTS))
        elif cell.state == TEXT:
            cells[place] = Cell(TEXT, _with_names(cell.raw, renamed))
        else:
            cells[place] = cell
    return sheet._replace(cells=cells)


def _with_names(text: str, renamed: dict[str, str]) -> str:
    name = next((name for name in renamed if name in text), None)
    return text if name is None else text.replace(name, renamed[name])
