"""What every part of a report shares: the blocks it shows, the names it uses, the data it looks at."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial, wraps
from typing import Any, NamedTuple, Self

import pandas as pd

from dangvien_analysis import charts, measures, periods, sentences
from dangvien_analysis.blocks import Block, figure
from dangvien_analysis.blocks.block import runs, tidy_text
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.sections.origins import Source, origins
from dangvien_analysis.sentences.terms import until
from dangvien_analysis.settings import Break, breaks_within
from dangvien_analysis.text import join_words

TOGETHER = "tat-ca"  # the one row of a public copy where otherwise each school has its own


class Section(tuple):
    """Blocks in their order; as the last value of a cell each of them is shown as an output of its own."""

    __slots__ = ()

    def __new__(cls, *blocks: Block | None) -> Self:
        """Keep the blocks given, without those that are None."""
        return super().__new__(cls, (block for block in blocks if block is not None))

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(*self)


class View(NamedTuple):
    """The chosen data as the measures and sentences want them."""

    counts: pd.DataFrame
    names: dict[str, str]
    as_of: date | None
    schools: tuple | None
    periods: tuple[str, ...]
    left_out: str
    breaks: tuple[Break, ...] = ()
    reorganised: tuple[str, ...] = ()
    summed: bool = False

    def trend(self, by: Sequence[str] = ("group",)) -> pd.DataFrame:
        """Return `measures.trend` of the chosen schools and periods."""
        return measures.trend(self.counts, by, self.as_of, self.schools, self.periods)


def once(work: Callable[[Parameters], Any]) -> Callable[[Parameters], Any]:
    """Remember what a function made of the same parameters: several parts of a report ask for it."""

    @wraps(work)
    def remembered(chosen: Parameters) -> Any:
        known = chosen.worked_out
        if work.__name__ not in known:
            known[work.__name__] = work(chosen)
        return known[work.__name__]

    return remembered


@once
def view(chosen: Parameters) -> View:
    """Return the data of the commonest kind of period: years and school years are never added together.

    `left_out` says in words which periods that leaves out; `breaks` are the days from which numbers are not made as
    before, `reorganised` the sentences on schools that were merged, renamed or opened meanwhile. `summed` marks a
    public copy in which whatever stands where a school does is several together.
    """
    counts = measures.of_kind(chosen.counts)
    kinds = {periods.parse(period).kind for period in counts["period"]}
    kept = tuple(period for period in chosen.periods if not kinds or periods.parse(period).kind in kinds)
    dropped = [periods.label(period) for period in chosen.periods if period not in kept]
    left_out = f"Phần này không tính {join_words(dropped)}: không cộng các loại kỳ khác nhau." if dropped else ""
    names = sentences.names_of(chosen.returns.collection) | {school.id: school.name for school in chosen.registry()}
    if chosen.publication:  # its numbers are sums, each over those who reported it
        names |= dict.fromkeys((*chosen.schools, TOGETHER), f"Cộng các {sentences.reporter(names)} có báo cáo")
    schools, whole = chosen.collection.schools or None, chosen.returns.collection
    told = sentences.reorganised(replace(whole, schools=chosen.collection.schools), kept)
    breaks = breaks_within(whole.breaks, kept)
    summed = chosen.publication is not None and chosen.publication.summed
    return View(counts, names, chosen.collection.as_of, schools, kept, left_out, breaks, tuple(told), summed)


@once
def compared(chosen: Parameters) -> pd.DataFrame:
    """Return `measures.comparison` of the chosen schools; of a public copy, which has none, no row."""
    seen = view(chosen)
    return measures.comparison(own_counts(chosen), as_of=seen.as_of, schools=seen.schools)


@once
def pool(chosen: Parameters) -> pd.DataFrame:
    """Return `measures.waiting` of each school and group; of a public copy that of all schools together."""
    seen = view(chosen)
    if chosen.publication:
        return whole_pool(chosen).assign(school=TOGETHER)
    return measures.waiting(seen.counts, as_of=seen.as_of, schools=seen.schools)


@once
def whole_pool(chosen: Parameters) -> pd.DataFrame:
    """Return `measures.waiting` of each group, the chosen schools together."""
    seen = view(chosen)
    return measures.waiting(seen.counts, ("group",), seen.as_of, seen.schools)


@once
def papers(chosen: Parameters) -> pd.DataFrame:
    """Return `measures.dossiers_short` of the chosen schools; of a public copy, which has none, no row."""
    seen = view(chosen)
    return measures.dossiers_short(own_counts(chosen), seen.as_of, seen.schools, seen.periods)


@once
def most_by_age(chosen: Parameters) -> dict[str, int]:
    """Return `measures.ceilings` of the chosen schools."""
    seen = view(chosen)
    return measures.ceilings(seen.counts, seen.as_of, seen.schools)


@once
def outlook(chosen: Parameters) -> pd.DataFrame:
    """Return what the running period can still bring, as `measures.prediction`, pupils at most those of age.

    One school's own rates are noise, so its people are reckoned with the rates of all schools of the collection.
    """
    seen, most = view(chosen), most_by_age(chosen)
    if not is_one_school(chosen):
        return measures.prediction(seen.counts, as_of=seen.as_of, schools=seen.schools, ceiling=most)
    schools = chosen.returns.collection.schools or None
    rows = measures.prediction(everybody(chosen), ("school", "group"), seen.as_of, schools, most)
    return rows[rows["school"] == chosen.schools[0]].drop(columns="school").reset_index(drop=True)


def is_one_school(chosen: Parameters) -> bool:
    """Tell whether the report is about a single school; what a public copy shows is all of them together."""
    return len(chosen.schools) == 1 and chosen.publication is None


def own_counts(chosen: Parameters) -> pd.DataFrame:
    """Return the chosen counts for what is told school by school; none of a public copy, whose units are sums."""
    counts = view(chosen).counts
    return counts if chosen.publication is None else counts.iloc[:0]


def everybody(chosen: Parameters) -> pd.DataFrame:
    """Return the counts of all schools in the chosen periods, for what one school is set beside."""
    counts = measures.of_kind(chosen.returns.counts)
    return counts[counts["period"].isin(view(chosen).periods)].reset_index(drop=True)


def of_group(frame: pd.DataFrame, group: str) -> pd.DataFrame:
    """Keep one group's rows."""
    return frame[frame["group"] == group].reset_index(drop=True)


def chart(
    draw: Callable, describe: Callable, rows: pd.DataFrame, caption: str, seen: View, data: pd.DataFrame, **options: Any
) -> Block:
    """Draw rows as the office calls things, at the size they need; `describe` is the same chart in words.

    The cells behind each figure are found from what its row says (`origins`), unless the options bring them.
    """
    drawn = partial(draw, names=seen.names, as_of=seen.as_of)
    options.setdefault("origins", origins(rows, source_of(seen)))
    options["least_width"] = charts.least_width_mm(draw, rows)
    options.setdefault("size", charts.size_mm(draw, rows))
    return figure(drawn, rows, caption, describe(rows, seen.names, seen.as_of), data=data, **options)


def source_of(seen: View) -> Source:
    """Return where the cells behind a chart of this view are looked for."""
    return Source(seen.counts, seen.names, seen.as_of, seen.schools, seen.periods)


def instead_of(kinds: Sequence[str], text: str) -> Block:
    """Say why there is no chart ("figure") or table ("table") here; whoever counts them counts this in their place."""
    return Block("note", {"runs": runs(text), "instead_of": list(kinds)})


def absent(kinds: Sequence[str], text: str, why: str = "") -> Block:
    """Say why a part of the report has nothing to show; sections of nothing else are told together, in one list.

    There `why` stands for the text, without naming the group of people: the section has nothing of the other either.
    """
    return Block("note", {"runs": runs(text), "instead_of": list(kinds), "absent": tidy_text(why or text)})


def capital(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def group_titles(groups: pd.Series, names: dict[str, str]) -> pd.Series:
    """Write groups as they head a row."""
    return groups.map(lambda group: capital(sentences.group_name(group, names)))


def period_titles(frame: pd.DataFrame, as_of: date | None) -> list[str]:
    """Write a frame's periods as they head a row; one that is not over says how far it reaches."""
    rows = frame[["period", "partial"]].itertuples()
    return [periods.label(row.period) + (f" ({_so_far(row.period, as_of)})" if row.partial else "") for row in rows]


def _so_far(period: str, as_of: date | None) -> str:
    if as_of is None or periods.end_date(period).year != as_of.year:
        return until(as_of)
    return f"đến {as_of.day}-{as_of.month}"  # the year stands before it
