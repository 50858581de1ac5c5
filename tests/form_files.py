"""A small office with forms, and ways to fill them as people and programs do."""

from pathlib import Path

import openpyxl

from dangvien_analysis import load_returns
from dangvien_analysis.forms import FormPlan, Key, form_file, plan_form
from dangvien_analysis.settings import Collection, find_collection

SCHOOLS = """
[[schools]]
id = "nd"
name = "Trường THPT Nguyễn Du"
[[schools]]
id = "gdtx"
name = "Trung tâm GDNN-GDTX An Phú"
"""
HEAD = """
[collection]
title = "Phát triển đảng viên trong các trường"
periods = {periods}
[organisation]
parent = "ĐẢNG BỘ TỈNH PHÚ BÌNH"
name = "HUYỆN ỦY AN PHÚ"
board = "BAN TỔ CHỨC"
"""
KEY = list(Key._fields)


def make_collection(folder: Path, *periods: str, schools: str = SCHOOLS) -> Collection:
    """Make a collection of two schools that are asked for `periods`."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = "[" + ", ".join(f'"{period}"' for period in periods) + "]"
    (folder / "collection.toml").write_text(HEAD.format(periods=listed) + schools, encoding="utf-8")
    return find_collection(folder)


def make_form(path: Path, collection: Collection, school: int = 0, **options) -> FormPlan:
    """Write the blank form of one school, and return its plan."""
    form = plan_form(collection, collection.schools[school], options.pop("last", None))
    path.write_bytes(form_file(form, **options))
    return form


def fill(path: Path, form: FormPlan, numbers: dict[Key, int]) -> None:
    """Type numbers into a form with a program that keeps no stored value of a formula."""
    book = openpyxl.load_workbook(path)
    for (sheet, row, col), key in form.inputs().items():
        if key in numbers:
            book[sheet].cell(row, col, numbers[key])
    book.save(path)


def read(path: Path, school: str = "nd") -> tuple[dict[Key, int], list[str]]:
    """Load one file: its numbers, all of `school`, and its errors and warnings as "level code"."""
    returns = load_returns(path)
    assert set(returns.counts["school"]) <= {school}
    texts = returns.counts[KEY].astype(object).where(returns.counts[KEY].notna(), None)
    numbers = dict(zip(map(Key._make, texts.itertuples(index=False)), returns.counts["n"], strict=True))
    found = returns.findings
    found = found[(found["level"] != "info") & (found["code"] != "missing_return")]
    return numbers, [f"{row.level} {row.code}" for row in found.itertuples()]
