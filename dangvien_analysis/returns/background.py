"""What the texts around a table offer for facets that its headers and labels leave open, and what stays unclear."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from dangvien_analysis.wording.said import Said


class DaysAround(NamedTuple):
    """The days that texts around a table tell.

    `until`: up to which its numbers are, by a line, `of_title`: which also names their period; `asked`: up to which the
    collection asks for them; `named`: up to which they are by a name; `written`: at which they were written, by a name.
    """

    until: date | None = None
    of_title: bool = False
    asked: date | None = None
    named: tuple[date, ...] = ()
    written: tuple[date, ...] = ()


def days_around(told: Said, names: Iterable[Said], asked: date | None) -> DaysAround:
    """Put the days together that a line, names and the collection tell."""
    times = [said.time for said in names]
    named, written = (tuple(filter(None, days)) for days in zip(*((t.as_of, t.dateline) for t in times), strict=True))
    of_title = bool(told.facets.get("period") or told.time.part)
    return DaysAround(told.time.as_of, of_title, asked, named, written)


class Background(NamedTuple):
    """What the texts around a table offer for facets left open.

    `facets`: the nearest text first. `bound`: kind and reason, each with the measure that its text names (None: any).
    `parts`: parts of the people, likewise; those of several texts meet in one number. `part` is a part of a year that
    nothing around names, `year` the period of which a part is spoken of, `since` as in `timewords.Time`.
    `kind_denied`: a target or an estimate is spoken of, but headers name another kind, so that it is unknown where they
    name none. `kind_unclear`: it is spoken of in a text that was not wholly understood, or may be. `part_unclear`: so
    are parts of the people ("học sinh lớp 12"). `unit_unclear`: the numbers are of thousands, or of something else than
    people. `measure_unclear`: a nearer text than that which names the measure may name another, in words that were not
    understood. `count_unclear`: a share, a sum over earlier periods or a number of classes is spoken of, and no header
    says where it stands. `unit_group`: the group that a unit names. `of_course`: those who took the course are spoken
    of, or those of them not admitted. `group_of_title`: the group is that of a title, which tells what was done among
    them and not whom a number counts. `period_unclear`: a text farther away than that which names the period names a
    part of it. `outlook`: a title also names what comes next, so that a target may be of either time.
    `estimate_apart`: estimates are spoken of in another text than that which names the period. `days`: those that lines
    and names around it tell. `course_told`: a line about a course itself names it, which need not speak of those
    admitted. `course_before`: so does one, or a heading that speaks no longer names a course.
    """

    facets: Mapping = {}
    bound: Mapping[str, tuple[str | None, object]] = {}
    parts: tuple[tuple[str | None, frozenset[str]], ...] = ()
    part: str | None = None
    year: str | None = None
    since: str | None = None
    kind_denied: bool = False
    kind_unclear: bool = False
    part_unclear: frozenset[str] = frozenset()
    unit_unclear: bool = False
    measure_unclear: bool = False
    count_unclear: bool = False
    unit_group: str | None = None
    of_course: bool = False
    group_of_title: bool = False
    period_unclear: bool = False
    outlook: bool = False
    estimate_apart: bool = False
    course_before: bool = False
    course_told: bool = False
    days: DaysAround = DaysAround()
