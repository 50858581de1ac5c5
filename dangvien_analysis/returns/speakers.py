"""Which rows of a table speak for the rows below them.

Numbered lines (A > I > 1 > a > -) speak until one of their rank or above; a section row without number speaks until
the next of its kind. A labelled row without numbers is a section only if a number below needs it, or if it says the
same facets as the section that speaks already; otherwise it was not reported.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import messages
from dangvien_analysis.returns.causes import unknown_label
from dangvien_analysis.returns.facets import (
    BOUND,
    EMPTY,
    NEEDED,
    Meaning,
    at_fault,
    merge_facets,
    only_breakdown,
    union,
)
from dangvien_analysis.returns.half_read import denied
from dangvien_analysis.returns.wholes import OVER_DASHES, Part, Whole, Wholes
from dangvien_analysis.tables import Table
from dangvien_analysis.tables.body import Row
from dangvien_analysis.tables.columns import LABELS, NOT_COUNTS, NOT_OF_PEOPLE
from dangvien_analysis.tables.grid import KEYS, Head, speaks_of_indicators
from dangvien_analysis.text import fold
from dangvien_analysis.wording.ordinals import split_ordinal
from dangvien_analysis.wording.said import Said
from dangvien_analysis.workbook import COUNT

if TYPE_CHECKING:
    from dangvien_analysis.returns.numbers import TableReader

# Words that turn the meaning of all below them; a section that holds one and was not understood is never ignored.
TURNING = {"không", "chưa", "hoãn", "trừ", "còn", "dự", "kiến", "ước", "trước", "sau", "kế", "hoạch"}
SUMS = {fold(word) for word in ("cộng", "tổng cộng", "cộng chung", "tổng chung")}


class _Speaker(NamedTuple):
    rank: float | None
    meaning: Meaning
    has_numbers: bool
    fault: Head | None = None
    roles: frozenset[str] = frozenset()
    sure: bool = True  # a section, not a number that was left blank


class Sections:
    """Follows the rows of one table from top to bottom."""

    def __init__(self, reader: "TableReader") -> None:
        self.reader = reader
        self.rows = reader.table.rows
        self.stack = [_Speaker(rank, _line_meaning(said), False) for rank, said in reader.numbered_lines]
        self.wholes = Wholes()  # the rows that a "trong đó" row may be a part of
        self.corner = union(_corner_saids(reader.table))
        self._last_whole = 0  # its row
        self.measure_unclear = False  # of the row passed last: whether it counts what its section does

    def enter(self, row: Row) -> tuple[Meaning | None, Meaning, Head | None]:
        """Return a row's own meaning (None for a section), what speaks for it, and the label at fault, if any."""
        own = union(head.said for head in row.labels)
        if self._is_part_of_another_kind(row, own):
            own = own._replace(clash=own.clash | {"kind"})
        fault = next((head for head in row.labels if at_fault(head.said)), None)
        fault = fault or (row.labels[-1] if own.clash else None)
        self._close(row)
        if not self.reader.has_numbers(row):
            if row.labels and all(map(only_of_which, row.labels)):
                return None, EMPTY, None
            if self._is_section(row, own, fault):
                self._push_section(row, own, fault)
                return None, EMPTY, None
            if fault is not None:
                self.reader.findings.append(self._unread_label(fault))
                return None, EMPTY, None
        numbered = row.rank is not None
        if self.wholes.is_part(own) and self.wholes.last is not None:
            numbered = numbered or self.wholes.last.numbered  # what speaks for the whole speaks for its part
        part = Part(own, _is_part(row), row.rank, following=partial(self._after, row), everybody=_is_everybody(row))
        own, fault, stands, alone, of_group = self.wholes.read(part, fault)
        self.reader.of_all |= {(self._last_whole, 0)} if of_group else set()
        speaking, speaker_fault = self._speaking(numbered)
        own = self._who_or_headcount(_of_section(own, row, speaking), row, speaking)
        rank = OVER_DASHES if self._heads_dashes(row) else row.rank
        if stands:
            self.wholes.add(Whole(own, _with(own, speaking), fault, rank, numbered, alone=alone))
            self._last_whole = row.row
        if rank is not None:
            self.stack.append(_Speaker(rank, own, True, fault))
        return own, speaking, fault or speaker_fault

    def _who_or_headcount(self, own: Meaning, row: Row, speaking: Meaning) -> Meaning:
        """Let "Số học sinh" name who is counted in a section that says of what: "I. Nguồn phát triển Đảng".

        Where other rows of the section name what they count, "Tổng số học sinh" is a headcount above them; for the
        rest it is not clear.
        """
        last, everybody = self.wholes.last, _is_everybody(row)
        numbered = last is not None and last.rank not in (None, OVER_DASHES) and last.meaning.names("measure")
        numbered = numbered and not last.meaning.names_any({"headcount"})
        # "Số học sinh" without number below "1. Kết nạp"
        numbered = numbered or self._lacks_group(last) or self.measure_unclear  # as the row before
        self.measure_unclear = own.weak == {"headcount"} and row.rank is None and numbered and not everybody
        if own.weak != {"headcount"} or own.names("reason") or not speaking.names("measure"):
            return own
        if speaking.names_any({"headcount"}):
            return own
        topic = any(_names_measure(other) for other in self._fellows(row))
        if everybody and topic:
            return own._replace(weak=frozenset(), facets={"measure": "headcount", **own.facets})
        self.measure_unclear = everybody or topic
        return own._replace(weak=frozenset())

    def _lacks_group(self, last: Whole | None) -> bool:
        """Tell whether nothing says whom a number counts, so that "Số học sinh" below it may be a part of it."""
        if last is None or last.full.names("group") or "group" in self.reader.around.facets:
            return False
        return last.full.names("measure") and not last.full.names_any({"headcount", "party_members"})

    def _fellows(self, row: Row) -> Iterator[Row]:
        """Yield the other rows of numbers of a row's rank, up to the ends of its section."""
        above = (other for other in reversed(self.rows) if other.row < row.row)
        below = (other for other in self.rows if other.row > row.row)
        for side in (above, below):
            for other in side:
                if other.rank == row.rank and self.reader.has_numbers(other):
                    yield other
                elif not (_is_part(other) or (other.rank or 0) >= (row.rank or OVER_DASHES)):
                    break

    def _after(self, row: Row) -> Iterator[Meaning]:
        """Yield what the rows below one say."""
        return (union(head.said for head in other.labels) for other in self.rows if other.row > row.row)

    def _heads_dashes(self, row: Row) -> bool:
        """Tell whether a row of numbers without a number of its own stands over others that begin with a dash."""
        below = self._next(row) if row.rank is None else None
        return below is not None and (below.rank or 0) > OVER_DASHES and self.reader.has_numbers(below)

    def _is_part_of_another_kind(self, row: Row, own: Meaning) -> bool:
        """Tell whether "dự kiến trong đó: nữ" stands under a number of another kind: a part is what its whole is."""
        whole = self.wholes.last
        if whole is None or not _is_part(row):
            return False
        return own.facets.get("kind", "actual") not in ("actual", whole.meaning.facets.get("kind", "actual"))

    def _unread_label(self, head: Head) -> Finding:
        """Warn of a label that was not understood; a count that stands where labels do is a number not taken."""
        if self.reader.sheet.cells[head.row, head.col].state == COUNT:
            place = [(head.row, head.col)]
            return Finding("error", "number_outside_table", messages.number_outside(place), cell=messages.places(place))
        return unknown_label(head)

    def _close(self, row: Row) -> None:
        """Leave behind what no longer speaks at a row."""
        rank = row.rank
        if rank is None and any(speaker.rank == OVER_DASHES for speaker in self.stack) and not _is_part(row):
            rank = OVER_DASHES
        if rank is not None:
            self._pop(rank)
            self.wholes.close(rank)

    def _pop(self, rank: float) -> None:
        for position, speaker in enumerate(self.stack):
            if speaker.rank is not None and speaker.rank >= rank:
                del self.stack[position:]
                return

    def _push_section(self, row: Row, own: Meaning, fault: Head | None) -> None:
        if row.rank is None:
            if (follower := self._next(row)) is not None and self._heads_numbers(row, own, follower):
                self._pop(follower.rank or 0)
                if row.wide and _is_part(row) and not self._begins_anew(row, follower):
                    fault = fault or row.labels[-1]  # merged over the numbers, and these go on: part of one, or of all?
            position = next((i for i, speaker in enumerate(self.stack) if speaker.rank is None), len(self.stack))
            del self.stack[position:]
        proposal = next((head for head in row.labels if "proposal" in head.said.roles), None)
        fault = fault or proposal  # "II. Kiến nghị": the numbers below are wanted, not reached
        roles = frozenset(role for head in row.labels for role in head.said.roles) & (NOT_OF_PEOPLE | {"body"})
        sure = row.wide or row.rank is not None
        self.stack.append(_Speaker(row.rank, own, False, fault, roles, sure))
        self.wholes.clear()

    def _heads_numbers(self, row: Row, own: Meaning, follower: Row) -> bool:
        """Tell whether a row without a number of its own heads the numbered rows below it.

        "Trong đó: nữ" between 2 and 3 is a number that was left blank; before another 1, or before rows named as those
        above it, it is not.
        """
        if follower.rank is None:
            return False
        return row.wide or not only_breakdown(own) or self._begins_anew(row, follower)

    def _begins_anew(self, row: Row, follower: Row) -> bool:
        """Tell whether the rows below one are numbered, or named, as those above it in the same section."""
        named = _texts(follower)
        above = [other for other in self.rows if other.row < row.row]
        closed = [other.row for other in above if other.rank is not None and other.rank < (follower.rank or 0)]
        return follower.first or any(_texts(other) == named for other in above if other.row > max(closed, default=0))

    def _speaking(self, numbered: bool) -> tuple[Meaning, Head | None]:
        """Return what speaks for a row and the label at fault there; rows with numbers only for a `numbered` one."""
        speakers = [s for s in reversed(self.stack) if numbered or not s.has_numbers]
        facets: dict = {}
        clash: set[str] = set()
        fault = None
        for speaker in speakers:
            fault = fault or speaker.fault
            for facet, value in speaker.meaning.facets.items():
                if facet == "breakdown":
                    merge_facets(facets, {facet: value}, clash)
                else:
                    facets.setdefault(facet, value)
        for facet, value in self.corner.facets.items():
            facets.setdefault(facet, value)
        nearest = next((s.meaning for s in speakers if s.meaning.weak or s.meaning.options), EMPTY)
        part = next((s.meaning.part for s in speakers if s.meaning.part), None)
        since = next((s.meaning.since for s in speakers if s.meaning.since), None)
        days = tuple(day for meaning in (*(s.meaning for s in speakers), self.corner) for day in meaning.days)
        return Meaning(facets, nearest.weak, nearest.options, part, since, frozenset(clash), days=days), fault

    def roles(self) -> frozenset[str]:
        """Return what the sections that speak say of all their numbers: "II. Cùng kỳ năm trước"."""
        return frozenset(role for speaker in self.stack if speaker.sure for role in speaker.roles)

    def may_speak_of_others(self) -> bool:
        """Tell whether what stands above may speak of other numbers.

        "Lũy kế" or "Cùng kỳ năm trước" may be a section or a blank number; under "I. Đoàn Thanh niên" may stand what
        the Union admits, or whom it recommends to the Party.
        """
        perhaps = any(speaker.roles & {"cumulative", "reference"} for speaker in self.stack if not speaker.sure)
        return perhaps or any("body" in speaker.roles for speaker in self.stack)

    # --- section or not reported -------------------------------------------------------------------------------------

    def _is_section(self, row: Row, own: Meaning, fault: Head | None) -> bool:
        following = self._next_with_numbers(row)
        if following is None or row.wide or self._is_one_of_parts(row, own):
            return following is not None and row.wide
        if row.rank is not None:
            follower = self._next(row)
            if adds_up(follower):  # it closes the rows above, unless rows of this one's section come after it
                follower = self._next(follower)
            return follower is not None and (follower.rank is None or follower.rank > row.rank)
        if fault is not None:
            return bool(set(fault.said.left) & TURNING)
        if set(NEEDED) - self._known(row) or self._misses_key(row, own):
            return True  # not a number that was not reported: it does not name one
        needed = set(NEEDED) - self._known(following)
        current = next((_said_facets(s.meaning) for s in self.stack if s.rank is None), None)
        return bool(_said_facets(own) & needed) or _said_facets(own) == current

    def _is_one_of_parts(self, row: Row, own: Meaning) -> bool:
        """Tell whether "trong đó: …" comes again right below, of the same facets: parts side by side head nothing."""
        follower = self._next(row)
        if follower is None or not _is_part(row) or not _is_part(follower):
            return False
        return _said_facets(own) == _said_facets(union(head.said for head in follower.labels))

    def _misses_key(self, row: Row, own: Meaning) -> bool:
        """Tell whether a label in a column of schools, periods or courses names none of them."""
        keys = {
            column.col: column.role.removeprefix("key_") for column in self.reader.table.columns if column.role in KEYS
        }
        return any(head.col in keys and keys[head.col] not in own.facets for head in row.labels)

    def _next_with_numbers(self, row: Row) -> Row | None:
        return next((other for other in self.rows if other.row > row.row and self.reader.has_numbers(other)), None)

    def _next(self, row: Row) -> Row | None:
        return next((other for other in self.rows if other.row > row.row), None)

    def _known(self, row: Row) -> set[str]:
        """Return the facets that every number of a row has without a section above it."""
        reader = self.reader
        columns = [
            _said_facets(reader.meanings[column.col])
            for column in reader.columns
            if column.role not in NOT_COUNTS | {"unit"}
        ]
        by_columns = set.intersection(*columns) if columns else set()
        own = union(head.said for head in row.labels)
        known = (
            by_columns
            | set(own.facets)
            | set(reader.around.facets)
            | set(self._speaking(row.rank is not None)[0].facets)
        )
        if own.weak:
            known.add("measure")
        if "cohort" in known or reader.around.since or own.since:
            known.add("period")
        return known


def adds_up(row: Row) -> bool:
    """Tell whether a row is the sum of those above it ("Cộng"), not the whole of a section ("Tổng số")."""
    return any(fold(head.text) in SUMS for head in row.labels)


def rows_under(row: Row, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows that are numbered under a row: 1 and 2 under I, or dashes under a row without a number."""
    for other in rows:
        if other.row > row.row and not (other.rank is None and _is_part(other)):
            if other.rank is None or (row.rank is not None and other.rank <= row.rank):
                return
            yield other


def _of_section(own: Meaning, row: Row, speaking: Meaning) -> Meaning:
    """Let a numbered row count what its section does, not the row before it that names a course.

    "2. Lớp 12" below "1. Học cảm tình Đảng", both in "I. Kết nạp".
    """
    if row.rank is None or "measure" not in speaking.facets or any(head.said.weak for head in row.labels):
        return own
    return own._replace(weak=frozenset())


def _texts(row: Row) -> list[str]:
    return [fold(split_ordinal(head.text)[1]) for head in row.labels]


def _names_measure(row: Row) -> bool:
    """Tell whether a row says itself what it counts, and not only whom."""
    own = union(head.said for head in row.labels)
    return own.names("measure") and not (own.weak == {"headcount"} and "measure" not in own.facets)


def _is_part(row: Row) -> bool:
    return any("of_which" in head.said.roles for head in row.labels)


def _is_everybody(row: Row) -> bool:
    return any("everybody" in head.said.roles for head in row.labels)


def only_of_which(head: Head) -> bool:
    """Tell whether a text says "trong đó:" and nothing else: the parts under it have the whole before it."""
    return head.said.roles == {"of_which"} and not head.said.facets


def _with(own: Meaning, speaking: Meaning) -> Meaning:
    """Return what a row says with what speaks for it."""
    facets = {**speaking.facets, **own.facets}
    return own._replace(
        facets=facets,
        weak=own.weak or speaking.weak,
        options=own.options or speaking.options,
        part=own.part or speaking.part,
    )


def _said_facets(meaning: Meaning) -> set[str]:
    return set(meaning.facets) | meaning.unclear | ({"measure"} if meaning.weak or meaning.options else set())


def _line_meaning(said: Said) -> Meaning:
    """Return what a numbered line above the table says for it: where not all was understood, only who and when."""
    if said.understood_but_measure:
        kept = {facet: value for facet, value in said.facets.items() if facet not in said.clash}
        return union([said._replace(facets=kept, clash=())])
    if unknown := denied(said):
        return Meaning(unknown)
    facets = {facet: value for facet, value in said.facets.items() if facet not in (*BOUND, *said.clash)}
    if "breakdown" in said.facets:
        facets.pop("group", None)
    return Meaning(facets, part=said.time.part, since=said.time.since)


def corner_heads(table: Table) -> Iterator[Head]:
    """Yield the headers of the label columns: "Học sinh" over a column of measures speaks for the whole table."""
    yield from (head for column in table.columns if column.role in LABELS for head in column.heads)


def _corner_saids(table: Table) -> Iterator[Said]:
    for head in corner_heads(table):
        if head.said.left:
            continue
        # "Chỉ tiêu" over labels means "indicator": it says no kind.
        yield _without_kind(head.said) if means_indicator(head) else head.said


def means_indicator(head: Head) -> bool:
    """Tell whether "chỉ tiêu" in the header of a label column says no kind: unless it is that of what is counted."""
    said = head.said
    return "kind" in said.facets and "measure" not in said.facets and not said.left and speaks_of_indicators(head.text)


def _without_kind(said: Said) -> Said:
    return said._replace(facets={facet: value for facet, value in said.facets.items() if facet != "kind"})
