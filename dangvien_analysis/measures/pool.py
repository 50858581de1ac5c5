"""Who is trained and waiting, why people were not admitted, age, and members among staff."""

from calendar import isleap
from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from dangvien_analysis.frames import typed
from dangvien_analysis.measures.cohorts import cohort_table
from dangvien_analysis.measures.selection import (
    arranged,
    check_addable,
    check_one_group,
    chosen,
    school_order,
    shaped,
)
from dangvien_analysis.measures.whole import totals
from dangvien_analysis.periods import SCHOOL_YEAR_START, end_date, sort_key, start_date

SENSITIVE_REASONS = ("background_check", "background_obstacle", "not_willing")
SENSITIVE_BREAKDOWNS = ("religious", "ethnic_minority")
SIDES = {
    "under_age": "rule",
    "left_school": "rule",
    "dossier_incomplete": "process",
    "background_check": "process",
    "awaiting_decision": "process",
    "not_yet_qualified": "process",
    "not_planned": "process",
    "background_obstacle": "other",
    "not_willing": "other",
    "other": "other",
}
_FLOWS = ("trained", "admitted", "departed", "expired")
_STOCKS = ("source", "dossier", "age_18")
_WAITING = {
    **dict.fromkeys([*_FLOWS, "waiting", "at_most", *_STOCKS, "mentored", "schools", "known"], "Int64"),
    "partly": "bool",
    "negative": "bool",
    "may_expire": "bool",
    "basis": "string",
}
_EXPIRY = typed(string="cohort", Int64="trained admitted", day="first last")
_REASONS = typed(string="period reason side", Int64="n reported not_admitted", float64="share") | typed(
    Int64="schools", bool="folded"
)
_ELIGIBLE = typed(string="period", Int64="age_18 of", float64="share", bool="estimated")
_DENSITY = typed(Int64="members headcount", float64="density", string="basis") | typed(Int64="schools")


def waiting(
    counts: pd.DataFrame,
    by: Sequence[str] = ("school", "group"),
    as_of: date | None = None,
    schools: Sequence | None = None,
    certificate_months: int = 60,
) -> pd.DataFrame:
    """Return who was trained and is not yet admitted, gone or expired.

    Columns: *by, trained, admitted, departed, expired (Int64: sums over the window), waiting (Int64: trained -
    admitted - departed - expired, over the schools that reported who left), at_most (Int64: trained - admitted, all
    schools), source, dossier, age_18 (Int64: as last reported: the pool, dossiers under way, people of 18 in the
    pool), mentored (Int64: helpers assigned over the window), schools, known (Int64: schools; of them, with
    departures reported), partly (bool: some school gave who was admitted or left in a period, but not who was trained,
    so that its `waiting` is unknown and `at_most` no bound), negative (bool: in some school more left the pool than
    entered it, so people trained before the window are in it: a finding, not 0), may_expire (bool: some certificate
    can be older than `certificate_months` at as_of), basis ("cohorts", "flows", "mixed").
    A school that gave the number trained by cohort is counted from its cohorts, else from its plain numbers.
    `expired` that was not reported counts as nobody as long as no certificate can have expired; after that the
    school's `waiting` is unknown.  A person trained twice counts twice.
    """
    by = list(by)
    places = _places(counts, as_of, schools, certificate_months)
    check_one_group(places, by)
    cells = places.groupby(by, sort=False, dropna=False)
    numbers = [*_FLOWS, "waiting", "at_most", *_STOCKS, "mentored"]
    marks = cells.agg(
        schools=("school", "nunique"),
        known=("waiting", "count"),
        partly=("partly", "any"),
        negative=("negative", "any"),
        may_expire=("may_expire", "any"),
        basis=("basis", _one_or_mixed),
    )
    added = cells[numbers].sum(min_count=1).join(marks).reset_index()
    return shaped(arranged(added, by, school_order(schools)), _WAITING, by)


def _one_or_mixed(values: pd.Series) -> str:
    return values.iloc[0] if values.nunique() == 1 else "mixed"


def _places(counts: pd.DataFrame, as_of: date | None, schools: Sequence | None, months: int) -> pd.DataFrame:
    """One row per school and group that reported who was trained."""
    counts = chosen(counts, schools, None)
    places = _flows_of_places(counts, as_of)
    for column, stock in _last_stocks(counts).items():
        numbers = stock[["school", "group", "n"]].rename(columns={"n": column})
        places = places.merge(numbers, how="left", on=["school", "group"])
    reached = pd.Timestamp(as_of) if as_of else counts["as_of"].max()
    oldest = expiry(counts, ["school", "group"], certificate_months=months)
    oldest = oldest[oldest["trained"] > oldest["admitted"].fillna(0)]
    oldest = oldest.groupby(["school", "group"], as_index=False).agg(first=("first", "min"))
    places = places.merge(oldest, how="left", on=["school", "group"])
    may_expire = places["first"] <= reached
    gone = places["departed"] + places["expired"].mask(places["expired"].isna() & ~may_expire, 0)
    at_most = places["trained"] - places["admitted"].fillna(0)
    return places.assign(
        may_expire=may_expire,
        at_most=at_most,
        waiting=(at_most - gone).mask(places["partly"]),
        negative=((at_most - gone).fillna(at_most) < 0).astype("bool") & ~places["partly"],
    )


def _flows_of_places(counts: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    keys = ["school", "group"]
    cohorts = cohort_table(counts, keys, as_of)
    cohorts = cohorts.groupby(keys, as_index=False)[list(_FLOWS)].sum(min_count=1).assign(basis="cohorts", partly=False)
    plain = totals(counts)
    mentored = plain[plain["measure"] == "mentored"].groupby(keys, as_index=False).agg(mentored=("n", "sum"))
    rows = plain[plain["measure"].isin(_FLOWS)]
    check_addable(rows, [*keys, "measure"])
    flows = rows.pivot_table(index=keys, columns="measure", values="n", aggfunc="sum")
    flows = flows.reindex(columns=list(_FLOWS)).reset_index().assign(basis="flows")
    flows = flows[flows["trained"].notna()]
    by_period = rows.groupby([*keys, "period"])["measure"].agg(lambda measures: "trained" not in set(measures))
    partly = by_period.groupby(keys).any().rename("partly").reset_index()
    flows = flows.merge(partly, how="left", on=keys)
    found = pd.concat([part.astype(_typed_flows(part)) for part in (cohorts, flows)]).drop_duplicates(keys)
    return found.merge(mentored, how="left", on=keys)


def _typed_flows(part: pd.DataFrame) -> dict[str, str]:
    return {**dict.fromkeys(part.columns, "string"), **dict.fromkeys(_FLOWS, "Int64"), "partly": "bool"}


def _last_stocks(counts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the last reported pool, dossiers, and people of 18 in the pool, by school and group."""
    whole, of_age = totals(counts), totals(counts, breakdown="age_18")
    return {
        "source": _last(whole[whole["measure"] == "source"]),
        "dossier": _last(whole[whole["measure"] == "dossier"]),
        "age_18": _last(of_age[of_age["measure"].isin(["source", "not_admitted"])]),
    }


def _last(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep each school's last period, by its end; of two measures the later in the alphabet (source)."""
    ends = rows["period"].map({period: end_date(period) for period in rows["period"].unique()})
    ordered = rows.assign(_end=ends).sort_values(["_end", "measure"], kind="stable")
    return ordered.drop_duplicates(["school", "group"], keep="last").drop(columns="_end")


def expiry(
    counts: pd.DataFrame,
    by: Sequence[str] = ("group",),
    schools: Sequence | None = None,
    certificate_months: int = 60,
) -> pd.DataFrame:
    """Return when the certificates of each cohort expire: a range, since only the course's year is known.

    Columns: *by, cohort (string: its year, or the period of the course), trained, admitted (Int64, the latter
    missing without cohorts), first, last (datetime64[ms]: the earliest and the latest day on which a certificate
    can expire).
    A school that gave the number trained by cohort is counted from its cohorts, else from its plain numbers.
    """
    by = list(by)
    keys = ["school", "group"]
    cohorts = cohort_table(chosen(counts, schools, None), keys)
    plain = totals(chosen(counts, schools, None))
    flows = plain[plain["measure"] == "trained"].rename(columns={"n": "trained", "period": "cohort"})
    flows = flows.merge(cohorts[keys].drop_duplicates().assign(met=True), how="left", on=keys)
    flows = flows[flows["met"].isna()].assign(admitted=pd.NA).astype({"admitted": "Int64"})
    columns = [*keys, "cohort", "trained", "admitted"]
    found = pd.concat([cohorts[columns], flows[columns]])
    check_one_group(found, by)
    added = found.groupby([*by, "cohort"], as_index=False, dropna=False)[["trained", "admitted"]].sum(min_count=1)
    later = pd.DateOffset(months=certificate_months)
    ends = {text: (start_date(text) + later, end_date(text) + later) for text in added["cohort"].unique()}
    for place, name in enumerate(["first", "last"]):
        days = [ends[text][place] for text in added["cohort"]]
        added[name] = pd.Series(days, index=added.index, dtype="datetime64[ms]")
    return shaped(arranged(added, [*by, "cohort"], school_order(schools)), _EXPIRY, by)


def reasons(
    counts: pd.DataFrame,
    by: Sequence[str] = ("group",),
    period: str | None = None,
    schools: Sequence | None = None,
    *,
    summed: bool = False,
) -> pd.DataFrame:
    """Return the main reasons the schools gave for people not admitted.

    Columns: *by, period, reason (string), side ("rule": age, leaving school; "process": papers, checks,
    preparation, planning; "other"), n (Int64), reported (Int64: sum over the reasons), not_admitted (Int64: the
    whole as these schools reported it, missing where one did not), share (float64: n / reported; NaN for
    not_willing, which is no shortfall), schools (Int64: schools that gave reasons), folded (bool).
    `period`: by default the last one with reasons, of each `by` cell its own.  Where a row speaks for a single school,
    the sensitive reasons (`SENSITIVE_REASONS`) are added to "other", folded=True: there one of them is a person.
    `summed` says that what stands in `school` is several already: then nothing is folded, and schools is missing.
    """
    by = list(by)
    rows = chosen(_reason_rows(counts), schools, None)
    check_one_group(rows, by)
    rows = rows[rows["period"] == period] if period else _of_last_period(rows, by)
    rows = rows.assign(folded=False) if summed else _folded(rows, by)
    whole = totals(counts)
    whole = whole[whole["measure"] == "not_admitted"][["school", "group", "period", "n"]]
    given = rows.drop_duplicates([*by, "school", "group"]).merge(
        whole.rename(columns={"n": "not_admitted"}), how="left", on=["school", "group", "period"]
    )
    cells = given.groupby(by, as_index=False, dropna=False)
    wholes = cells.agg(schools=("school", "nunique"), not_admitted=("not_admitted", lambda n: n.sum(skipna=False)))
    added = rows.groupby([*by, "period", "reason"], as_index=False, dropna=False).agg(
        n=("n", "sum"), folded=("folded", "any")
    )
    added = added.merge(wholes.assign(schools=pd.NA) if summed else wholes, on=by)
    reported = added.groupby(by, dropna=False)["n"].transform("sum")
    share = added["n"] / reported.where(reported > 0)
    added = added.assign(
        side=added["reason"].map(SIDES),
        reported=reported,
        share=share.where(added["reason"] != "not_willing"),
        folded=added["folded"] & (added["reason"] == "other"),
    )
    order = school_order(schools) | {"reason": list(SIDES)}
    return shaped(arranged(added, [*by, "reason"], order), _REASONS, by)


def _reason_rows(counts: pd.DataFrame) -> pd.DataFrame:
    """Return school, period, group, reason, n; the sum over cohorts only where there is no plain row."""
    rows = counts[(counts["kind"] == "actual") & (counts["breakdown"] == "total") & counts["reason"].notna()]
    keys = ["school", "period", "group", "reason"]
    plain = rows[rows["cohort"].isna()]
    summed = rows[rows["cohort"].notna()].groupby(keys, as_index=False, sort=False).agg(n=("n", "sum"))
    return pd.concat([plain[[*keys, "n"]], summed]).drop_duplicates(keys)


def _of_last_period(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Keep each cell's last period: staff may have been told of a year before the pupils'."""
    ordered = sorted(rows["period"].unique(), key=lambda text: (end_date(text), sort_key(text)))
    rank = rows["period"].map({period: place for place, period in enumerate(ordered)}).astype("int64")
    return rows[rank == rank.groupby([rows[column] for column in by], dropna=False).transform("max")]


def _folded(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    alone = rows.groupby(by, dropna=False)["school"].transform("nunique") == 1
    fold = alone & rows["reason"].isin(SENSITIVE_REASONS)
    return rows.assign(reason=rows["reason"].mask(fold, "other"), folded=alone)


def eligible_share(
    on: date,
    grade: int = 12,
    school_year_end: int | None = None,
    age_by: str = "month",
    decision_lag_days: int = 0,
) -> float:
    """Return which share of a class is 18 on a day, births spread evenly: a reference line only.

    A class in grade g of the school year ending in Y is born in Y - 18 + (12 - g).  `age_by="month"` (the rule's own
    counting) makes it a step, months / 12; "day" counts days.  The age counts when the cell considers, so
    `decision_lag_days` are taken off the day of the decision.  `school_year_end`: by default the one `on` lies in.
    Chosen pupils are often older than their class and births are not even, so it is no denominator.
    Source: QĐ 24-QĐ/TW (30-7-2021), age counted by month.
    """
    if age_by not in ("month", "day"):
        raise ValueError(f"Cách tính tuổi «{age_by}» không có: chọn «month» (theo tháng) hoặc «day» (theo ngày).")
    if school_year_end is None:
        school_year_end = on.year + (on.month >= SCHOOL_YEAR_START)
    considered = on - timedelta(days=decision_lag_days)
    of_age_in = school_year_end + 12 - grade  # the year in which the class comes of age
    if considered.year != of_age_in:
        return 1.0 if considered.year > of_age_in else 0.0
    if age_by == "month":
        return considered.month / 12
    return considered.timetuple().tm_yday / (366 if isleap(considered.year) else 365)


def eligible(
    counts: pd.DataFrame,
    on: date,
    by: Sequence[str] = ("group",),
    schools: Sequence | None = None,
) -> pd.DataFrame:
    """Return the share of pupils in the pool old enough: as reported where it was, else the estimate for grade 12.

    Columns: *by, period (string: the last reported, missing where estimated), age_18, of (Int64: people of 18 in the
    pool, and the pool, over the schools that reported both), share (float64), estimated (bool).
    One row per `by` cell of group student.  A reported number replaces the estimate (`eligible_share`).
    """
    by = list(by)
    pupils = chosen(counts, schools, None)
    pupils = pupils[pupils["group"] == "student"]
    keys = ["school", "group", "period", "measure"]
    part, whole = totals(pupils, breakdown="age_18"), totals(pupils)
    both = part.merge(whole[[*keys, "n"]], on=keys, suffixes=("", "_of"))
    both = _last(both[both["measure"].isin(["source", "not_admitted"])])
    added = both.groupby(by, as_index=False, dropna=False).agg(
        age_18=("n", "sum"), of=("n_of", "sum"), period=("period", "last")
    )
    met = pupils[by].drop_duplicates().merge(added, how="left", on=by)
    reported = met["of"].notna() & (met["of"] > 0).fillna(False)
    share = (met["age_18"] / met["of"].where(reported)).astype("Float64").fillna(eligible_share(on))
    met = met.assign(share=share, estimated=~reported)
    return shaped(arranged(met, by, school_order(schools)), _ELIGIBLE, by)


def density(
    counts: pd.DataFrame, by: Sequence[str] = ("school", "period"), schools: Sequence | None = None
) -> pd.DataFrame:
    """Return party members among staff.

    Columns: *by, members, headcount (Int64), density (float64: members / headcount), basis ("staff";
    "all_less_students": members reported for the whole cell less its pupil members; "mixed"), schools (Int64).
    Only school-periods that reported both numbers; where members were not reported by group, only those that also
    reported their pupil members.  A full count: no interval.  ValueError where `by` would add periods: members
    at the end of two years are the same people.
    """
    by = list(by)
    if "period" not in by:
        raise ValueError("Số đảng viên cuối các kỳ không cộng được với nhau: thêm cột «period» vào tham số by.")
    places = _members(chosen(totals(counts), schools, None))
    cells = places.groupby(by, as_index=False, dropna=False)
    added = cells.agg(
        members=("members", "sum"),
        headcount=("headcount", "sum"),
        basis=("basis", _one_or_mixed),
        schools=("school", "nunique"),
    )
    added = added.assign(density=added["members"] / added["headcount"].where(added["headcount"] > 0))
    return shaped(arranged(added, by, school_order(schools)), _DENSITY, by)


def _members(whole: pd.DataFrame) -> pd.DataFrame:
    place = ["school", "period"]
    members = whole[whole["measure"] == "party_members"].pivot(index=place, columns="group", values="n")
    members = members.reindex(columns=["student", "staff", "all"])
    staff = whole[(whole["measure"] == "headcount") & (whole["group"] == "staff")].set_index(place)["n"]
    places = members.join(staff.rename("headcount"), how="inner").reset_index()
    direct = places["staff"].notna()
    found = places["staff"].fillna(places["all"] - places["student"])
    places = places.assign(members=found, basis=direct.map({True: "staff", False: "all_less_students"}), group="staff")
    return places[places["members"].notna() & places["headcount"].notna()]
