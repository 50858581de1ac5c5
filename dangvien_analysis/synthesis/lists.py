"""The sheets behind the table: which cell every figure came from, and how far the figures can be trusted."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from dangvien_analysis import listing, measures, periods, sentences, vocabulary
from dangvien_analysis.blocks.block import tidy_text
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.sections.faults import about
from dangvien_analysis.sections.quality import NO_FINDINGS
from dangvien_analysis.sections.section import view
from dangvien_analysis.synthesis.sheet import Drawing
from dangvien_analysis.synthesis.styles import Styles
from dangvien_analysis.text import number

SOURCES, QUALITY = "Nguồn", "Chất lượng"
SOURCE_COLUMNS = (
    ("Trang", 18), ("Ô trong biểu", 9), ("Đơn vị", 26), ("Kỳ, khóa", 14), ("Chỉ số", 36),
    ("Số", 8), ("Tệp", 26), ("Trang tính", 14), ("Ô", 8),
)  # fmt: skip
QUALITY_WIDTHS = (26, 14, 30, 18, 10, 80)
ROWS = 1_000_000  # a sheet holds 1,048,576 rows


def draw_sources(workbook: Any, styles: Styles, drawings: Iterable[Drawing], instead: str = "") -> None:
    """List for each figure of the tables the cells it was added from: file, sheet, cell, and what stands there.

    `instead` says why there is no such list.
    """
    sheet = _begin(workbook, SOURCES, [width for _, width in SOURCE_COLUMNS])
    if instead:
        _write_row(sheet, 0, [instead], styles.of())
        return
    _write_row(sheet, 0, [title for title, _ in SOURCE_COLUMNS], styles.head)
    for row, values in enumerate(_sources(drawings), start=1):
        if row >= ROWS:
            _write_row(sheet, row, ["Danh sách dài hơn một trang tính: xem counts.xlsx."], styles.note)
            break
        _write_row(sheet, row, values, styles.of(border=4))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _sources(drawings: Iterable[Drawing]) -> Iterator[list]:
    for drawing in drawings:
        for row in drawing.table.origins.itertuples():
            key = (row.school, row.part, (row.measure, row.kind, row.breakdown))
            place = drawing.places.get(key)
            if place and pd.notna(row.file) and row.file:
                name = sentences.name_of(row.school, drawing.names)
                what = _what(row.measure, row.kind, row.breakdown)
                head = [drawing.table.name, place, name, periods.label(row.part), what]
                yield [*head, int(row.n), row.file, row.sheet, row.cell]


def _what(measure: str, kind: str, breakdown: str) -> str:
    parts = [vocabulary.label("measure", measure)]
    parts += [] if kind == "actual" else [vocabulary.label("kind", kind)]
    parts += [] if breakdown == "total" else [vocabulary.label("breakdown", breakdown)]
    return ", ".join(parts)


def draw_quality(workbook: Any, styles: Styles, chosen: Parameters) -> None:
    """Write down who reported which period, what is wrong and where, whether published figures are met, the files."""
    sheet = _begin(workbook, QUALITY, QUALITY_WIDTHS)
    names = view(chosen).names
    row = 0
    for title, heads, rows in _quality(chosen, names):
        _write_row(sheet, row, [title], styles.of(bold=True, font_size=13))
        _write_row(sheet, row + 1, heads, styles.head)
        for place, values in enumerate(rows, start=row + 2):
            _write_row(sheet, place, values, styles.of(border=4, text_wrap=True, valign="top"))
        row += len(rows) + 3


def _quality(chosen: Parameters, names: dict[str, str]) -> Iterator[tuple[str, list, list[list]]]:
    rows = chosen.reported()
    told = sentences.coverage(rows, names, chosen.collection.as_of)
    wide = rows.assign(word=rows["reported"].map({True: "có", False: "chưa"}))
    wide = wide.pivot(index="school", columns="period", values="word").reindex(list(dict.fromkeys(rows["school"])))
    grid = [[sentences.name_of(school, names), *cells] for school, *cells in wide.fillna("").itertuples()]
    yield told, ["Đơn vị", *map(periods.label, wide.columns)], grid
    if chosen.publication:
        yield NO_FINDINGS, [], []
    else:
        yield _findings(about(chosen), names)
    if chosen.returns.collection.published:
        yield _published(chosen, names)
    if chosen.publication is None:
        yield _files(chosen)


def _files(chosen: Parameters) -> tuple[str, list, list[list]]:
    own = set(chosen.counts["file"].dropna())
    every = len(chosen.schools) == chosen.returns.counts["school"].nunique()
    files = [row for row in chosen.returns.files.itertuples() if every or row.file in own]
    told = [[row.file, listing.STATUS_LABELS[row.status], *_tally(row), row.sha256] for row in files]
    heads = ["Tệp", "Tình trạng", "Số nhận được", "Lỗi", "Cần xem", "Dấu vân tay (SHA-256)"]
    return f"Các tệp: {number(len(files))}", heads, told


def _tally(row: Any) -> list[int]:
    return [int(row.counts), int(row.errors), int(row.warnings)]


def _findings(found: pd.DataFrame, names: dict[str, str]) -> tuple[str, list, list[list]]:
    rows = [
        [
            sentences.name_of(row.school, names) if row.school else "",
            listing.LEVEL_LABELS[row.level],
            row.file,
            row.sheet,
            row.cell,
            row.message,
        ]
        for row in found.itertuples()
    ]
    title = f"Điều cần xem: {number(len(rows))}" if rows else "Không có lỗi và không có điều gì phải xem lại"
    return title, ["Đơn vị", "Mức", "Tệp", "Trang tính", "Ô", "Nội dung"], rows


def _published(chosen: Parameters, names: dict[str, str]) -> tuple[str, list, list[list]]:
    """Reconcile what was made public: always over all schools, whomever the table is about."""
    found = measures.reconcile(chosen.returns.counts, chosen.returns.collection)
    rows = [
        [
            f"{sentences.group_name(row.group, names)}: {vocabulary.label('measure', row.measure)}",
            row.periods,
            int(row.published),
            "chưa có số liệu" if pd.isna(row.computed) else int(row.computed),
            "khớp" if row.agrees else "không khớp",
            row.source,
        ]
        for row in found.itertuples()
    ]
    return "Đối chiếu số đã công bố", ["Chỉ số", "Các kỳ", "Công bố", "Cộng từ báo cáo", "Kết quả", "Nguồn"], rows


def _begin(workbook: Any, name: str, widths: Iterable[int]) -> Any:
    sheet = workbook.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&9Trang &P/&N")
    sheet.hide_gridlines(2)
    return sheet


def _write_row(sheet: Any, row: int, values: Iterable[Any], style: Any) -> None:
    """Write texts as texts, whatever they begin with, and whole numbers as numbers."""
    for column, value in enumerate(values):
        if isinstance(value, int):
            sheet.write_number(row, column, value, style)
        else:
            sheet.write_string(row, column, "" if pd.isna(value) else tidy_text(value), style)
