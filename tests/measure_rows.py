"""Small `counts` frames for the tests of measures, and results as plain tuples."""

from datetime import date

import pandas as pd

from dangvien_analysis.frames import counts_frame

DEFAULTS = {"group": "student", "breakdown": "total", "kind": "actual", "as_of": date(2024, 3, 14)}


def row(school, period, measure, n, **more):
    """Return one row of `counts`: a student total that happened, as of 14-3-2024, unless told otherwise."""
    return {**DEFAULTS, "school": school, "period": period, "measure": measure, "n": n, **more}


def counts(*rows):
    """Return the counts frame of these rows."""
    return counts_frame(rows)


def records(frame, *columns):
    """Return the rows as tuples of plain values, of these columns or of all; what is missing is None."""
    chosen = frame[list(columns)] if columns else frame
    return [tuple(_plain(value) for value in values) for values in chosen.itertuples(index=False, name=None)]


def _plain(value):
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value
