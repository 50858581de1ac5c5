"""A small office of two schools, with real workbooks, for the tests of everything that begins with a folder."""

from pathlib import Path

import openpyxl

TOML = """
[collection]
title = "Bộ thử"
periods = ["2022", "2023"]
as_of = 2023-12-31
[organisation]
name = "HUYỆN ỦY THỬ"
board = "BAN TỔ CHỨC"
[[schools]]
id = "thpt-a"
name = "Trường THPT A"
[[schools]]
id = "thpt-b"
name = "Trường THPT B"
[[published]]
group = "student"
measure = "nominated"
periods = ["2022", "2023"]
n = 39
source = "tin thử"
"""
NUMBERS = {"thpt-a": ((12, 2), (13, 3)), "thpt-b": ((6, 0), (8, 1))}  # per year: students sent, admitted


def write_return(path: Path, school: str, years: tuple) -> Path:
    """Write one school's return as a school would: a title, a header row, a row per year."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Báo cáo"
    sheet.append([f"TRƯỜNG THPT {school[-1].upper()}"])
    sheet.append(["BÁO CÁO CÔNG TÁC PHÁT TRIỂN ĐẢNG VIÊN TRONG HỌC SINH"])
    sheet.append([])
    sheet.append(["Năm", "Cử đi học lớp nhận thức về Đảng", "Kết nạp"])
    for year, numbers in zip((2022, 2023), years, strict=True):
        sheet.append([year, *numbers])
    book.save(path)
    return path


def make_project(root: Path, name: str = "thu") -> Path:
    """Make a project with one collection of two returns, and return the collection's folder."""
    folder = root / "data" / "raw" / name
    folder.mkdir(parents=True)
    (folder / "collection.toml").write_text(TOML, encoding="utf-8")
    for school, years in NUMBERS.items():
        write_return(folder / f"{school}.xlsx", school, years)
    return folder


PARAMETERS = 'collection = "thu"  # bộ số liệu\nschools = ""\nperiod_from = ""\nperiod_to = ""'
SETUP = """from dangvien_analysis import blocks, parameters
chosen = parameters.check(collection, schools, period_from, period_to)"""


def write_notebook(
    root: Path, name: str, *cells: str, shows: dict | None = None, setup: str = SETUP, each: str = ""
) -> Path:
    """Write a notebook as those of the project are: parameters, set-up, then one call per cell."""
    import nbformat

    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in (PARAMETERS, setup, *cells)]
    notebook.cells[0].metadata["tags"] = ["parameters"]
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata["dangvien"] = {"shows": shows or {}} | ({"each": each} if each else {})
    folder = root / "notebooks"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.ipynb"
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    return path
