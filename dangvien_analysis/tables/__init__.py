"""A sheet as lines of text and tables: header rows, header columns, body.

`unaccented` settles what a sheet typed without accents says. `grid` tells which cell shows where, `columns` which
columns hold labels and which numbers, `body` reads the rows, and `finder` finds the tables.
"""

from dangvien_analysis.tables.finder import Line, Table, read_sheet

__all__ = ["Line", "Table", "read_sheet"]
