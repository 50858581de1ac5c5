"""What changed since the last load: every number of now against what the store holds."""

import pandas as pd

from dangvien_analysis.frames import COUNT_DTYPES, COUNT_KEY
from dangvien_analysis.store import Returns

_PLACE = ["file", "sheet", "cell"]
CHANGE_DTYPES = {
    **{column: COUNT_DTYPES[column] for column in [*_PLACE, *COUNT_KEY]},
    "old": "Int64",
    "new": "Int64",
    "change": "string",
}


def changes(old: Returns, new: Returns) -> pd.DataFrame:
    """Return one row per number that is not what it was.

    Columns: file, sheet, cell (where it stands now; of a removed number, where it stood), the key of `counts`, old, new
    (Int64, missing on one side), change ("changed", "added", "removed"). Numbers are matched by what they mean: one
    that only moved to another cell, because a row was inserted above, has not changed.
    """
    both = old.counts.merge(new.counts, how="outer", on=COUNT_KEY, suffixes=("_old", "_new"))
    differs = both["n_old"].ne(both["n_new"]).fillna(True)
    both = both[differs]
    places = {column: both[f"{column}_new"].fillna(both[f"{column}_old"]) for column in _PLACE}
    kinds = pd.Series("changed", index=both.index, dtype="string")
    kinds = kinds.mask(both["n_old"].isna(), "added").mask(both["n_new"].isna(), "removed")
    frame = both.assign(**places, old=both["n_old"], new=both["n_new"], change=kinds)
    return frame[list(CHANGE_DTYPES)].astype(CHANGE_DTYPES).sort_values([*_PLACE, "period"]).reset_index(drop=True)


def changed_files(old: Returns, new: Returns) -> pd.DataFrame:
    """Return the files that are not what they were: file, change ("added", "changed", "removed")."""
    before = dict(zip(old.files["file"], old.files["sha256"], strict=True))
    after = dict(zip(new.files["file"], new.files["sha256"], strict=True))
    rows = [(name, "added" if name not in before else "changed") for name in after if before.get(name) != after[name]]
    rows += [(name, "removed") for name in before if name not in after]
    return pd.DataFrame(sorted(rows), columns=["file", "change"], dtype="string")
