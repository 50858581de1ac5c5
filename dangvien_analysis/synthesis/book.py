"""Write the workbook: the tables, then what stands behind them; the same numbers give the same bytes."""

from datetime import date, datetime
from pathlib import Path

from dangvien_analysis import sentences
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.reading import own_table
from dangvien_analysis.sections.quality import NO_FILES
from dangvien_analysis.synthesis import lists
from dangvien_analysis.synthesis.public import school_tables, together
from dangvien_analysis.synthesis.sheet import Drawing
from dangvien_analysis.synthesis.styles import Styles
from dangvien_analysis.synthesis.tables import course_tables, group_table

NO_DAY = date(2000, 1, 1)  # no clock, so that the bytes stay the same
EMPTY = "Chưa có số liệu nào trong phạm vi đã chọn."


def write(chosen: Parameters, path: Path) -> Path:
    """Write the synthesis table of what was chosen to `path` and return it.

    `counts` may have a column `masked` (bool): such a number is missing, and its cell says so.
    """
    import xlsxwriter

    shown, shares_of = together(chosen), chosen.counts if chosen.publication else None
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        _describe(workbook, chosen)
        styles = Styles(workbook)
        found = [group_table(shown, group, shares_of) for group in sentences.GROUPS]
        tables = [table for table in [*found, *course_tables(shown), *school_tables(chosen)] if table is not None]
        drawings = [Drawing(workbook, styles, table, shown) for table in tables]
        for drawing in drawings:
            drawing.draw()
        if not drawings:
            workbook.add_worksheet("Biểu tổng hợp").write_string(0, 0, EMPTY, styles.of())
        lists.draw_sources(workbook, styles, drawings, NO_FILES if chosen.publication else "")
        lists.draw_quality(workbook, styles, chosen)
    return path


def _describe(workbook, chosen: Parameters) -> None:
    day = chosen.collection.as_of or NO_DAY
    created = datetime(day.year, day.month, day.day)  # noqa: DTZ001 (a day, no clock)
    workbook.set_properties({"title": f"Biểu tổng hợp – {chosen.collection.title}", "created": created})
    workbook.set_custom_property(own_table.PROPERTY, own_table.VALUE)  # no school wrote it
