"""The parameters of a notebook, checked before anything is computed.

They come from JupyterLab, papermill, a scheduler or the command line, each of which may have changed a value's type
on the way: `2022_23` arrives as a number, `2022-2023` as -1, and a misspelt name as a variable that nobody reads.
Whatever came, a wrong value is one Vietnamese sentence that lists what exists.
"""

import ast
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from dangvien_analysis import measures, periods, proposal, store
from dangvien_analysis.loading import current_returns
from dangvien_analysis.proposal import Proposal
from dangvien_analysis.publication import Publication, publish
from dangvien_analysis.settings import Collection, School, SettingsError
from dangvien_analysis.store import Returns

TRACE = "application/vnd.dangvien.trace+json"
SHOWN = 20  # ids listed in a message before "and n more"
NAMES = ("collection", "schools", "period_from", "period_to", "public")
WORDS = {"true": True, "1": True, "có": True, "false": False, "0": False, "không": False, "": False}


@dataclass(frozen=True)
class Parameters:
    """What a notebook looks at: `counts` of the chosen schools and periods, `collection` narrowed to the same.

    `returns` is the whole collection, for what must not be narrowed: published figures, findings, files.
    In a public copy all of these hold the sums over all schools only, and `publication` what is known besides.
    `worked_out` holds what several parts of a report ask for; a changed copy begins with none.
    """

    returns: Returns
    collection: Collection
    counts: pd.DataFrame
    schools: tuple[str, ...]
    periods: tuple[str, ...]
    proposal: Proposal = field(default_factory=Proposal)
    publication: Publication | None = None
    worked_out: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def reported(self) -> pd.DataFrame:
        """Return `measures.coverage` of the chosen schools and periods; a public copy tells it of every school."""
        if self.publication is None:
            return measures.coverage(measures.of_kind(self.counts), self.collection)
        rows = self.publication.coverage
        return rows[rows["period"].isin(self.periods)].reset_index(drop=True)

    def registry(self) -> tuple[School, ...]:
        """Return the schools of the whole collection, those of a public copy too."""
        return self.returns.collection.schools if self.publication is None else self.publication.schools

    def origin(self) -> dict[str, Any]:
        """Return what the figures depend on: version, source (one hash over everything), inputs (a hash for each file).

        Of a public copy no file's hash is told, for small counts can be tried out on it.
        """
        if self.publication:
            return {"version": store.version(), "source": self.publication.source(), "inputs": {}}
        inputs = store.hash_inputs(self.returns.collection)
        return {"version": store.version(), "source": store.source_of(inputs), "inputs": inputs}


def check(
    collection: Any, schools: Any = "", period_from: Any = "", period_to: Any = "", public: Any = None, **own: Any
) -> Parameters:
    """Check a notebook's parameters and return the data they choose; `own` names what only this notebook has.

    Of these, those of a proposal (`proposal.NAMES`) are checked and kept as well.

    In a notebook it also refuses names that the cells before it set and nobody passes here: papermill only logs a
    misspelt `-p`, and the report would silently be made from defaults.
    """
    names = _names_set_so_far()
    refuse_unknown(names, [*NAMES, *own])
    if public is None and "public" in names:
        raise SettingsError("Sổ tay này không làm được bản công bố; hãy bỏ tham số public.")
    chosen = choose(current_returns(_text("collection", collection)), schools, period_from, period_to, public)
    asked = proposal.read(own, chosen.returns.collection)
    _leave_trace(
        chosen,
        {
            "schools": schools,
            "period_from": period_from,
            "period_to": period_to,
            "public": flag("public", public),
            **own,
        },
    )
    return replace(chosen, proposal=asked)


def choose(
    returns: Returns, schools: Any = "", period_from: Any = "", period_to: Any = "", public: Any = False
) -> Parameters:
    """Return the part of `returns` that the parameters name; raise SettingsError for what does not exist."""
    publication = _publish(returns, schools) if flag("public", public) else None
    returns = publication.returns if publication else returns
    chosen = _choose_schools(_text("schools", schools), known_schools(returns))
    kept = _choose_periods(_text("period_from", period_from), _text("period_to", period_to), known_periods(returns))
    ids = tuple(school.id for school in chosen)
    counts = returns.counts[returns.counts["school"].isin(ids) & returns.counts["period"].isin(kept)]
    narrowed = replace(
        returns.collection,
        schools=tuple(school for school in returns.collection.schools if school.id in ids),
        periods=tuple(period for period in returns.collection.periods if period in kept),
    )
    return Parameters(returns, narrowed, counts.reset_index(drop=True), ids, tuple(kept), publication=publication)


def _publish(returns: Returns, schools: Any) -> Publication:
    """Make the data of a public copy; sums over some of the schools could be subtracted from those over all."""
    if _text("schools", schools):
        raise SettingsError(
            "Bản công bố chỉ làm chung cho mọi trường, vì số của riêng một trường phần lớn là số nhỏ; "
            "hãy bỏ trống tham số schools hoặc bỏ tham số public."
        )
    return publish(returns)


def flag(name: str, value: Any) -> bool:
    """Return a yes or no, whatever type the runner made of it; raise SettingsError for anything else."""
    if isinstance(value, (bool, int)) and value in (0, 1):
        return bool(value)
    word = str("" if value is None else value).strip().casefold()
    if word not in WORDS:
        raise SettingsError(f"Tham số {name} phải là True hoặc False; nhận được {value!r}.")
    return WORDS[word]


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


def _leave_trace(chosen: Parameters, given: Mapping[str, Any]) -> None:
    """Show, in a notebook, a bundle that no reader sees: what its numbers came from stays with it, whoever ran it."""
    if _shell() is None:
        return
    from IPython.display import display

    told = {"collection": chosen.returns.collection.id, **given}
    display({TRACE: {**chosen.origin(), "parameters": told}}, raw=True)


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def _names_set_so_far() -> list[str]:
    """Return the names that the notebook's cells set before the first cell that does anything else.

    These are the parameters cell and the cell a runner puts after it; what an analyst tries later is left alone.
    """
    shell = _shell()
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
