"""How the synthesis table looks: one face, thin rules, numbers that say when a sum is not whole."""

from functools import cached_property
from typing import Any

FACE = "Times New Roman"
MARK = "¹"  # behind a sum that lacks somebody's number; it is part of the format, so the cell stays a number
RED = "#8A1C1C"


class Styles:
    """The formats of one workbook, each made when first asked for."""

    def __init__(self, workbook: Any) -> None:
        """Keep the workbook that the formats belong to."""
        self._workbook = workbook
        self._made: dict[tuple, Any] = {}

    def of(self, **wishes: Any) -> Any:
        """Return the format with these properties, in the face and size of the table."""
        key = tuple(sorted(wishes.items()))
        if key not in self._made:
            base = {"font_name": FACE, "font_size": 11, "valign": "vcenter"}
            self._made[key] = self._workbook.add_format({**base, **wishes})
        return self._made[key]

    def number(self, share: bool = False, whole: bool = True, **wishes: Any) -> Any:
        """Return the format of a figure: a count with grouped thousands or a share, marked where not `whole`."""
        code = "0.0%" if share else "#,##0"
        code += "" if whole else f'"{MARK}"'
        return self.of(num_format=code, align="right", indent=1, border=1, **wishes)

    @cached_property
    def head(self) -> Any:
        """Return the format of a column's head."""
        return self.of(bold=True, align="center", text_wrap=True, border=1)

    @cached_property
    def ordinal(self) -> Any:
        """Return the format of the row that numbers the columns."""
        return self.of(italic=True, align="center", border=1, font_size=9, shrink=True)

    @cached_property
    def note(self) -> Any:
        """Return the format of the notes under the table."""
        return self.of(italic=True, font_size=10, text_wrap=True, valign="top")
