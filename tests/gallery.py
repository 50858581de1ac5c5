"""Makes the small workbooks of the gallery and reads them: a few rows in, counts and questions out."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from variants import assert_plans_change_nothing

SCHOOLS = {
    "nd": "Trường THPT Nguyễn Du",
    "ll": "Trường THPT Lê Lợi",
    "tp": "Trường THPT Trần Phú",
    "ap": "Trường THPT An Phú",  # bears the district's name
}
HEAD = """
[collection]
title = "Phát triển đảng viên trong các trường THPT"
as_of = 2025-01-15
[organisation]
parent = "ĐẢNG BỘ TỈNH PHÚ BÌNH"
name = "HUYỆN ỦY AN PHÚ"
board = "BAN TỔ CHỨC"
place = "An Phú"
"""


class Sheet(NamedTuple):
    """A sheet as rows of values from A1 on; `stored` gives formula cells the values a spreadsheet had stored.

    `formats` gives cells a number format, `struck` names those with a line through; `colours` gives cells the colours
    of their letters and of their ground, as openpyxl has them; `rules` and `comments` are by range, and by cell;
    `printed` stands over each page.
    """

    rows: Sequence[Sequence[object]]
    merges: Sequence[str] = ()
    name: str = "Sheet1"
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    hidden_cols: Sequence[str] = ()
    stored: Mapping[str, object] = {}
    formats: Mapping[str, str] = {}
    struck: Sequence[str] = ()
    colours: Mapping[str, tuple] = {}
    rules: Mapping[str, object] = {}
    comments: Mapping[str, str] = {}
    printed: str = ""


class Reading(NamedTuple):
    """What came of a folder: counts by short key, and findings in short."""

    counts: dict[str, int]
    asked: list[str]  # errors and warnings as "level code cell", in order
    told: list[str]  # info findings, likewise
    returns: object

    @property
    def codes(self) -> list[str]:
        """Leave the cells out of `asked`: for findings whose place the design leaves open."""
        return sorted(" ".join(line.split()[:2]) for line in self.asked)

    @property
    def places(self) -> list[str]:
        """Leave the codes out of `asked`: for findings whose code the design leaves open."""
        return sorted(" ".join(line.split()[::2]) for line in self.asked)

    @property
    def messages(self) -> str:
        """Join the sentences of all findings."""
        return "\n".join(self.returns.findings["message"])


def sheet(rows: Sequence[Sequence[object]], merges: Sequence[str] = (), **more: object) -> Sheet:
    """Describe a sheet."""
    return Sheet(rows, merges, **more)


def read(folder: Path, *sheets: Sheet, file: str = "Báo cáo.xlsx", schools: str = "nd ll", more: str = "") -> Reading:
    """Write one workbook into a collection of these schools and read it."""
    return read_files(folder, {file: sheets}, schools, more)


def read_files(folder: Path, files: Mapping[str, Iterable[Sheet]], schools: str = "nd ll", more: str = "") -> Reading:
    """Write several workbooks into one collection and read them together."""
    registry = [f'[[schools]]\nid = "{school}"\nname = "{SCHOOLS[school]}"' for school in schools.split()]
    (folder / "collection.toml").write_text("\n".join([HEAD, *registry, more]), encoding="utf-8")
    for file, sheets in files.items():
        save(folder / file, sheets)
    return load(folder)


def load(folder: Path) -> Reading:
    """Read a folder as the office does, and put the outcome in short; what is read first must not colour the rest."""
    from dangvien_analysis import load_returns

    assert_plans_change_nothing(folder, 2, Random(0))
    returns = load_returns(folder)
    counts = {}
    for row in returns.counts.fillna("").itertuples():
        key = short_key(row)
        assert key not in counts, f"{key} stands twice in counts"
        counts[key] = row.n
    found = [(row.level, row.code, row.cell.split(":")[0]) for row in returns.findings.itertuples()]
    asked = sorted(" ".join(line).strip() for line in found if line[0] != "info")
    told = sorted(" ".join(line).strip() for line in found if line[0] == "info")
    return Reading(counts, asked, told, returns)


def short_key(row: object) -> str:
    """Write a key as the gallery does: "nd 2023 student.female admitted target @2021 :under_age"."""
    group = row.group if row.breakdown == "total" else f"{row.group}.{row.breakdown}"
    parts = [row.school, row.period, group, row.measure]
    parts += [row.kind] if row.kind != "actual" else []
    parts += [f"@{row.cohort}"] if row.cohort else []
    parts += [f":{row.reason}"] if row.reason else []
    return " ".join(parts)


def save(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write a workbook with openpyxl, then put stored values beside its formulas."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    sheets, workbook = list(sheets), Workbook()
    workbook.remove(workbook.active)
    for one in sheets:
        page = workbook.create_sheet(one.name)
        for number, row in enumerate(one.rows, 1):
            for col, value in enumerate(row, 1):
                page.cell(number, col).value = value
        for merge in one.merges:
            page.merge_cells(merge)
        for row in one.hidden_rows:
            page.row_dimensions[row].hidden = True
        for col in one.hidden_cols:
            page.column_dimensions[col].hidden = True
        for cell, code in one.formats.items():
            page[cell].number_format = code
        for cell in one.struck:
            page[cell].font = Font(strike=True)
        _decorate(page, one)
        page.sheet_state = "hidden" if one.hidden else "visible"
    workbook.save(path)
    if any(one.stored for one in sheets):
        _store_values(path, sheets)


def _decorate(page: Any, one: Sheet) -> None:
    """Give cells their colours, conditional formats and comments."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill

    for cell, (letters, ground) in one.colours.items():
        page[cell].font = Font(color=letters)
        if ground:
            page[cell].fill = PatternFill("solid", fgColor=ground)
    for cells, rule in one.rules.items():
        page.conditional_formatting.add(cells, rule)
    page.oddHeader.center.text = one.printed or None
    for cell, text in one.comments.items():
        page[cell].comment = Comment(text, "Lan")


def _store_values(path: Path, sheets: Sequence[Sheet]) -> None:
    """Give formulas a stored value, which openpyxl cannot write."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number, one in enumerate(sheets, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        text = parts[name].decode("utf-8")
        for cell, value in one.stored.items():
            start = text.index(f'<c r="{cell}"')
            end = text.index("</c>", start)
            formula = text[text.index("<f>", start) : text.index("</f>", start) + 4]
            assert start < text.index("<f>", start) < end, f"{cell} holds no formula"
            kind = ' t="e"' if isinstance(value, str) else ""
            text = f'{text[:start]}<c r="{cell}"{kind}>{formula}<v>{value}</v>{text[end:]}'
        parts[name] = text.encode("utf-8")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
