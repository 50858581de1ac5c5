"""What a school reported before, to stand beside the cells of its new form."""

from collections.abc import Iterable

import pandas as pd

from dangvien_analysis.forms.layout import Key
from dangvien_analysis.settings import Collection, SettingsError
from dangvien_analysis.store import open_store

_FACETS = list(Key._fields)


def last_numbers(collection: Collection, before: Collection | None = None) -> dict[str, dict[Key, int]]:
    """Return the numbers last loaded, by school: of the collection itself, over those of the one `before` it.

    A collection that was never loaded says nothing; only actual numbers are shown.
    """
    found: dict[str, dict[Key, int]] = {}
    for one in (before, collection):
        counts = _stored(one) if one else None
        if counts is not None:
            _add(found, counts)
    return found


def _stored(collection: Collection) -> pd.DataFrame | None:
    try:
        return open_store(collection.folder).counts
    except SettingsError:
        return None


def _add(found: dict[str, dict[Key, int]], counts: pd.DataFrame) -> None:
    rows = counts[(counts["kind"] == "actual")]
    texts = rows[_FACETS].astype(object).where(rows[_FACETS].notna(), None)
    lines: Iterable = zip(rows["school"], texts.itertuples(index=False, name=None), rows["n"], strict=True)
    for school, facets, n in lines:
        found.setdefault(school, {})[Key(*facets)] = int(n)
