"""How a form looks: Times New Roman as in office papers, one dark red, yellow only where one is to type."""

from typing import Any

FONT = "Times New Roman"
ACCENT, INK, GREY, LINE = "#8A1C1C", "#1F1F1F", "#6B6B6B", "#A6A6A6"
INPUT, HEADER, SHADE, BLOCKED, WRONG = "#FFF6D6", "#F3ECE4", "#F7F7F7", "#DDDDDD", "#F8D3CF"

_BASE = {"font_name": FONT, "font_size": 12, "font_color": INK, "valign": "vcenter"}
_BOXED = {"border": 1, "border_color": LINE}
_MIDDLE = {"align": "center"}
_NUMBER = {**_BOXED, **_MIDDLE, "num_format": "#,##0"}

STYLES: dict[str, dict[str, Any]] = {
    "school": {"bold": True},
    "form_number": {"bold": True, "align": "right"},
    "title": {"bold": True, "font_size": 15, "font_color": ACCENT, **_MIDDLE},
    "subtitle": {"font_size": 13, **_MIDDLE, "text_wrap": True},
    "unit": {"italic": True, "align": "right"},
    "office": {"font_size": 12},
    "office_strong": {"bold": True, "font_size": 12},
    "heading": {"bold": True, "font_color": ACCENT, "bottom": 1, "bottom_color": ACCENT},
    "fact_label": {**_BOXED, "indent": 1},
    "fact": {**_BOXED, "bold": True, "indent": 1, "text_wrap": True},
    "step_number": {"align": "right"},
    "step": {"text_wrap": True},
    "term": {"text_wrap": True, "bold": True},
    "header": {**_BOXED, **_MIDDLE, "bold": True, "text_wrap": True, "bg_color": HEADER},
    "shown_header": {**_BOXED, **_MIDDLE, "italic": True, "text_wrap": True, "bg_color": SHADE, "font_color": GREY},
    "section_number": {**_BOXED, **_MIDDLE, "bold": True, "font_color": ACCENT},
    "section": {**_BOXED, "bold": True, "font_color": ACCENT, "indent": 1},
    "number": {**_BOXED, **_MIDDLE},
    "label": {**_BOXED, "indent": 1},
    "part": {**_BOXED, "italic": True, "indent": 3},
    "sum_label": {**_BOXED, "bold": True, "bg_color": SHADE, "indent": 1},
    "sum": {**_NUMBER, "bold": True, "bg_color": SHADE},
    "shown": {**_NUMBER, "italic": True, "font_color": GREY, "bg_color": SHADE},
    "check": {**_BOXED},
    "warning": {**_BOXED, "font_color": ACCENT, "font_size": 11, "text_wrap": True, "indent": 1},
    "blocked": {**_BOXED, "bg_color": BLOCKED},
    "input": {**_NUMBER, "bg_color": INPUT, "locked": False},
    "choice": {**_BOXED, "bg_color": INPUT, "locked": False, "indent": 1},
    "day": {**_BOXED, "bg_color": INPUT, "locked": False, "align": "left", "indent": 1, "num_format": "dd/mm/yyyy"},
    "note": {"italic": True, "font_size": 11, "font_color": GREY},
    "signature": {"bold": True, **_MIDDLE},
    "signature_note": {"italic": True, "font_size": 11, **_MIDDLE},
}


def add_formats(workbook: Any) -> dict[str, Any]:
    """Return the formats of an XlsxWriter workbook by the names of `STYLES`."""
    return {name: workbook.add_format({**_BASE, **style}) for name, style in STYLES.items()}


def wrong_format(workbook: Any) -> Any:
    """Return the look of a cell that holds what cannot be a count."""
    return workbook.add_format({"bg_color": WRONG, "font_color": ACCENT, "bold": True})
