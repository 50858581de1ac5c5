"""The parameters of a notebook, checked before anything is computed.

They come from JupyterLab, papermill, a scheduler or the command line, each of which may have changed a value's type
on the way: `2022_23` arrives as a number, `2022-2023` as -1, and a misspelt name as a variable that nobody reads.
Whatever came, a wrong value is one Vietnamese sentence that lists what exists.
"""

import ast
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dangvien_analysis import periods
from dangvien_analysis.loading import current_returns
from dangvien_analysis.settings import Collection, School, SettingsError
from dangvien_analysis.store import Returns

SHOWN = 20  # ids listed in a message before "and n more"
NAMES = ("collection", "schools", "period_from", "period_to")


@dataclass(frozen=True)
class Parameters:
    """What a notebook looks at: `counts` of the chosen schools and periods, `collection` narrowed to the same.

    `returns` is the whole collection, for what must not be narrowed: published figures, findings, files.
    """

    returns: Returns
    collection: Collection
    counts: pd.DataFrame
    schools: tuple[str, ...]
    periods: tuple[str, ...]


def check(collection: Any, schools: Any = "", period_from: Any = "", period_to: Any = "", **own: Any) -> Parameters:
    """Check a notebook's parameters and return the data they choose; `own` names what only this notebook has.

    In a notebook it also refuses names that the cells before it set and nobody passes here: papermill only logs a
    misspelt `-p`, and the report would silently be made from defaults.
    """
    refuse_unknown(_names_set_so_far(), [*NAMES, *own])
    return choose(current_returns(_text("collection", collection)), schools, period_from, period_to)


def choose(returns: Returns, schools: Any = "", period_from: Any = "", period_to: Any = "") -> Parameters:
    """Return the part of `returns` that the parameters name; raise SettingsError for what does not exist."""
    chosen = _choose_schools(_text("schools", schools), known_schools(returns))
    kept = _choose_periods(_text("period_from", period_from), _text("period_to", period_to), known_periods(returns))
    ids = tuple(school.id for school in chosen)
    counts = returns.counts[returns.counts["school"].isin(ids) & returns.counts["period"].isin(kept)]
    narrowed = replace(
        returns.collection,
        schools=tuple(school for school in returns.collection.schools if school.id in ids),
        periods=tuple(period for period in returns.collection.periods if period in kept),
    )
    return Parameters(returns, narrowed, counts.reset_index(drop=True), ids, tuple(kept))


def refuse_unknown(names: Iterable[str], known: Sequence[str]) -> None:
    """Raise SettingsError when one of `names` is not a known parameter."""
    if unknown := [name for name in names if name not in known]:
        raise SettingsError(f"Không có tham số «{unknown[0]}»; các tham số có: {', '.join(known)}.")


def known_schools(returns: Returns) -> list[School]:
    """Return the collection's schools in its order, then those only seen in its returns."""
    listed = list(returns.collection.schools)
    ids = {school.id for school in listed}
    seen = sorted(set(returns.counts["school"]) - ids)
    return [*listed, *(School(id=school, name=school) for school in seen)]


def known_periods(returns: Returns) -> list[str]:
    """Return the periods expected or reported, in order of time."""
    return sorted({*returns.collection.periods, *returns.counts["period"]}, key=periods.sort_key)


def _text(name: str, value: Any) -> str:
    """Return a parameter as text, whatever type the runner made of it."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ",".join(_text(name, item) for item in value)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise SettingsError(f'Tham số {name} phải là chữ đặt trong dấu nháy, thí dụ {name} = "…"; nhận được {value!r}.')
    return unicodedata.normalize("NFC", str(value)).strip()


def _choose_schools(wanted: str, units: list[School]) -> list[School]:
    ids = [part.strip() for part in wanted.replace(";", ",").split(",") if part.strip()]
    known = {school.id.casefold(): school for school in units}
    if unknown := [part for part in ids if part.casefold() not in known]:
        raise SettingsError(f"Không có trường «{unknown[0]}»; các trường có: {_listed(school.id for school in units)}.")
    chosen = {part.casefold() for part in ids}
    return [school for school in units if not chosen or school.id.casefold() in chosen]


def _choose_periods(first: str, last: str, available: list[str]) -> list[str]:
    for name, value in (("period_from", first), ("period_to", last)):
        if value and value not in available:
            raise SettingsError(f"{name}: không có kỳ «{value}»; các kỳ có: {_listed(available)}{_hint(value)}.")
    if first and last and periods.start_date(first) > periods.end_date(last):
        raise SettingsError(f"period_from «{first}» ở sau period_to «{last}»; hãy đổi chỗ hai kỳ này.")
    return [period for period in available if _within(period, first, last)]


def _within(period: str, first: str, last: str) -> bool:
    begins = not first or periods.start_date(period) >= periods.start_date(first)
    return begins and (not last or periods.end_date(period) <= periods.end_date(last))


def _hint(value: str) -> str:
    # 2022-2023 pasted without quotes is a subtraction, 2022_23 a whole number written with a separator.
    changed = value.startswith("-") or (value.isdigit() and len(value) != 4)
    return " (kỳ như 2022-2023 phải đặt trong dấu nháy, nếu không máy sẽ tính thành một số khác)" if changed else ""


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    more = f" và {len(shown) - SHOWN} mục nữa" if len(shown) > SHOWN else ""
    return ", ".join(shown[:SHOWN]) + more if shown else "chưa có mục nào"


def _names_set_so_far() -> list[str]:
    """Return the names that the notebook's cells set before the first cell that does anything else.

    These are the parameters cell and the cell a runner puts after it; what an analyst tries later is left alone.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    names: list[str] = []
    for source in (shell.user_ns.get("In", []) if shell else [])[1:]:
        assigned = _assigned(source)
        if assigned is None:
            break
        names += assigned
    return list(dict.fromkeys(names))


def _assigned(source: str) -> list[str] | None:
    """Return the names a cell sets, or None when it does more than set names."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return None
    names = []
    for statement in statements:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or _calls(statement):
            return None
        names += [target.id for target in targets if isinstance(target, ast.Name)]
    return names


def _calls(statement: ast.AST) -> bool:
    return any(isinstance(node, ast.Call) for node in ast.walk(statement))


def read_defaults(source: str) -> Mapping[str, Any]:
    """Return the names and default values that a parameters cell sets; only literals count."""
    values = {}
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign):
            values |= {target.id: ast.literal_eval(statement.value) for target in statement.targets}
        elif isinstance(statement, ast.AnnAssign):
            values[statement.target.id] = ast.literal_eval(statement.value)
    return values
