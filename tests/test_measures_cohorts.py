"""Conversion by cohort: leavers stay in the denominator, years that are not over stay out."""

import math
from datetime import date
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measure_rows import counts, records, row

from dangvien_analysis.frames import counts_frame
from dangvien_analysis.measures import (
    clopper_pearson,
    cohort_table,
    cohort_test,
    conversion,
    conversion_bounds,
    interval,
)

CURVE = ("cohort", "k", "trained", "at_risk", "admitted", "admitted_so_far", "method", "partial")


def cohort(school, year, trained, admitted, start=None, **more):
    """Return the rows of one cohort: the number trained, and admissions year by year from the course's own."""
    first = int(year) if start is None else start
    rows = [row(school, str(first), "trained", trained, cohort=year, **more)]
    return rows + [
        row(school, str(first + k), "admitted", n, cohort=year, **more) for k, n in enumerate(admitted) if n is not None
    ]


def _four_cohorts():
    """Two schools, 2021 to 14-3-2024."""
    return counts(
        *cohort("A", "2021", 20, [1, 3, 0, 0]),
        *cohort("A", "2022", 26, [2, 4, 1]),
        *cohort("A", "2023", 40, [3, 2]),
        *cohort("B", "2021", 18, [1, 2, 0, 0]),
        *cohort("B", "2022", 26, [2, 2, 0]),
        *cohort("B", "2023", 29, [2, 1]),
        *cohort("B", "2024", 15, [0]),
    )


def test_the_pooled_share_keeps_leavers_and_leaves_out_the_partial_year():
    """F(k) = 1 - prod(1 - D/R) over the cohorts whose year k is over; 2024 counts nowhere in it."""
    found = conversion(_four_cohorts())
    pooled = found[found["cohort"].isna()]
    assert records(pooled, "k", "trained", "at_risk", "admitted", "admitted_so_far", "method", "schools") == [
        (0, 159, 159, 11, 11, "wilson", 2),
        (1, 90, 84, 11, 17, "wilson", 2),
        (2, 38, 31, 0, 7, "wilson", 2),
    ]
    first, second = 1 - 148 / 159, 1 - (148 / 159) * (73 / 84)
    assert pooled["rate"].tolist() == pytest.approx([first, second, second], abs=1e-15)
    variance = (1 - second) ** 2 * (11 / (159 * 148) + 11 / (84 * 73))
    effective = second * (1 - second) / variance
    assert pooled["effective"].tolist() == pytest.approx([159, effective, effective], abs=1e-9)
    assert pooled["low"].tolist()[1] == pytest.approx(_wilson(second, effective)[0], abs=1e-12)
    assert pooled["high"].tolist()[1] == pytest.approx(_wilson(second, effective)[1], abs=1e-12)


def _wilson(share, size, confidence=0.95):
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    spread = z / (1 + z * z / size) * math.sqrt(share * (1 - share) / size + z * z / (4 * size**2))
    return middle - spread, middle + spread


def test_each_cohort_has_its_own_curve_and_its_partial_year_apart():
    """A cohort's own share is its admissions over its people; the running year is a count without a share."""
    found = conversion(_four_cohorts())
    assert records(found[found["cohort"].notna()], *CURVE) == [
        ("2021", 0, 38, 38, 2, 2, "wilson", False),
        ("2021", 1, 38, 36, 5, 7, "wilson", False),
        ("2021", 2, 38, 31, 0, 7, "wilson", False),
        ("2021", 3, 38, 31, 0, 7, None, True),
        ("2022", 0, 52, 52, 4, 4, "wilson", False),
        ("2022", 1, 52, 48, 6, 10, "wilson", False),
        ("2022", 2, 52, 42, 1, 11, None, True),
        ("2023", 0, 69, 69, 5, 5, "wilson", False),
        ("2023", 1, 69, 64, 3, 8, None, True),
        ("2024", 0, 15, 15, 0, 0, None, True),
    ]
    second = found[(found["cohort"] == "2022") & (found["k"] == 1)]
    assert records(second, "rate", "low", "high", "effective") == [pytest.approx((*interval(10, 52), 52.0), abs=1e-12)]
    assert found.loc[found["partial"], ["rate", "low", "high"]].isna().all(axis=None)
    assert found["period"].isna().tolist() == found["cohort"].isna().tolist()


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(1, 25), st.lists(st.integers(0, 6), min_size=1, max_size=4)), min_size=1, max_size=6)
)
def test_the_pooled_share_is_kaplan_meier_on_recoded_leavers(cohorts):
    """Leavers recoded as censored at the end of *their cohort's* observation: the product-limit estimate agrees.

    `_kaplan_meier` follows people one by one; statsmodels 0.15 SurvfuncRight and lifelines 0.30 KaplanMeierFitter
    gave the same numbers when this was written.
    """
    rows, people = [], []
    for place, (trained, drawn) in enumerate(cohorts):
        admitted = _possible(trained, drawn)
        rows += cohort(f"s{place}", "2001", trained, admitted)
        people += [(k, True) for k, n in enumerate(admitted) for _ in range(n)]
        people += [(len(admitted) - 1, False)] * (trained - sum(admitted))
    found = conversion(counts(*rows, *cohort("other", "2001", 5, [0])))
    people += [(0, False)] * 5
    pooled = found[found["cohort"].isna()]
    assert pooled["rate"].tolist() == pytest.approx([_kaplan_meier(people, k) for k in pooled["k"]], abs=1e-12)


# statsmodels 0.15.0 SurvfuncRight on the people below, leavers and all others censored at their cohort's last year;
# lifelines 0.30.3 KaplanMeierFitter gives the same shares.
REFERENCE_SHARE = (0.0691823899371069, 0.19107517220724768, 0.19107517220724768)
REFERENCE_ERROR = (0.02012479725429293, 0.03846704902797066, 0.03846704902797066)


def test_the_pooled_share_and_its_error_are_those_of_survival_libraries():
    """The numbers were computed once by the libraries named; the error is in the effective sample size."""
    rows = [*cohort("A", "2021", 38, [2, 5, 0]), *cohort("B", "2022", 52, [4, 6]), *cohort("C", "2023", 69, [5])]
    whole = [{**entry, "as_of": date(2023, 12, 31)} for entry in rows]
    found = conversion(counts(*whole))
    pooled = found[found["cohort"].isna()]
    assert pooled["rate"].tolist() == pytest.approx(REFERENCE_SHARE, abs=1e-14)
    variance = [share * (1 - share) / error**2 for share, error in zip(REFERENCE_SHARE, REFERENCE_ERROR, strict=True)]
    assert pooled["effective"].tolist() == pytest.approx([min(159, size) for size in variance], rel=1e-9)


def _possible(trained, admitted):
    kept = []
    for n in admitted:
        kept.append(min(n, trained - sum(kept)))
    return kept


def _kaplan_meier(people, until):
    """Return the share with the event by `until`, from (time, whether the event) of each person."""
    surviving = 1.0
    for time in sorted({time for time, event in people if event and time <= until}):
        at_risk = sum(other >= time for other, _ in people)
        events = sum(other == time and event for other, event in people)
        surviving *= 1 - events / at_risk
    return 1 - surviving


def test_one_school_gets_exact_limits_and_below_five_admissions_only_counts():
    """Four of twenty tell too little for a curve; a share of one school has conservative limits."""
    many = conversion(counts(*cohort("A", "2021", 30, [3, 5, 0])))
    assert set(many["method"]) == {"clopper_pearson"}
    last = many[many["cohort"].isna()].iloc[-1]
    assert (last["low"], last["high"]) == pytest.approx(tuple(clopper_pearson(8, 30))[1:], abs=1e-9)
    few = conversion(counts(*cohort("A", "2021", 20, [1, 3, 0])))
    assert set(few["method"]) == {"counts"}
    assert few[["rate", "low", "high", "effective"]].isna().all(axis=None)
    assert few["admitted_so_far"].tolist() == [1, 4, 4] * 2


def test_schools_can_have_their_own_rows():
    """`by` school gives each its curve from its own numbers; students and staff never share one."""
    frame = pd.concat([_four_cohorts(), counts(*cohort("A", "2021", 4, [1, 3, 0], group="staff"))])
    found = conversion(frame, by=["school", "group"])
    pooled = found[found["cohort"].isna() & (found["k"] == 0)]
    assert records(pooled, "school", "group", "trained", "method") == [
        ("A", "student", 86, "clopper_pearson"),
        ("A", "staff", 4, "counts"),
        ("B", "student", 73, "clopper_pearson"),
    ]
    with pytest.raises(ValueError, match="Không gộp học sinh"):
        conversion(frame, by=["school"])


def test_a_year_not_reported_ends_what_is_known_of_a_cohort():
    """B left 2022 out: its later years cannot be used, since missing is not zero, while A's can."""
    frame = counts(*cohort("A", "2021", 20, [1, 2, 3]), *cohort("B", "2021", 10, [1, None, 4]))
    pooled = conversion(frame)
    pooled = pooled[pooled["cohort"].isna()]
    assert records(pooled, "k", "trained", "at_risk", "admitted") == [(0, 30, 30, 2), (1, 20, 19, 2), (2, 20, 17, 3)]


def test_more_admitted_than_trained_is_not_used():
    """Such a cohort is a finding of the checks; here it stops where it becomes impossible."""
    pooled = conversion(counts(*cohort("A", "2021", 20, [1, 2]), *cohort("B", "2021", 3, [1, 4])))
    assert records(pooled[pooled["cohort"].isna()], "k", "trained", "admitted") == [(0, 23, 2), (1, 20, 2)]


def test_courses_of_a_year_are_one_cohort():
    """Each course is followed by itself, and they are added under their year."""
    frame = counts(
        *cohort("A", "2023/1", 10, [1], start=2023, as_of=date(2024, 1, 5)),
        *cohort("A", "2023/2", 20, [4], start=2023, as_of=date(2024, 1, 5)),
    )
    assert records(conversion(frame), "cohort", "k", "trained", "admitted") == [(None, 0, 30, 5), ("2023", 0, 30, 5)]


def test_everybody_admitted_is_one_hundred_per_cent_and_nobody_zero():
    """The limits then rest on the people of that year, and nobody left at risk changes nothing."""
    everybody = conversion(counts(*cohort("A", "2021", 4, [2, 2, 0]), *cohort("B", "2021", 6, [3, 3, 0])))
    everybody = everybody[everybody["cohort"].isna()]
    assert everybody["rate"].tolist() == [0.5, 1.0, 1.0]
    assert everybody["effective"].tolist()[1:] == [10, 10]
    nobody = conversion(counts(*cohort("A", "2021", 4, [0, 0]), *cohort("B", "2021", 6, [0, 0])))
    assert records(nobody[nobody["cohort"].isna()], "rate", "low", "high") == [tuple(interval(0, 10))] * 2


def test_school_year_cohorts_are_followed_by_school_year_and_never_mixed_with_years():
    """A cohort of 2021-2022 against calendar years has no k."""
    school_years = counts(
        row("A", "2021-2022", "trained", 20, cohort="2021-2022"),
        row("A", "2021-2022", "admitted", 3, cohort="2021-2022"),
        row("A", "2022-2023", "admitted", 4, cohort="2021-2022"),
    )
    assert records(conversion(school_years), "cohort", "k", "admitted_so_far")[:2] == [(None, 0, 3), (None, 1, 7)]
    mixed = counts(row("A", "2022", "trained", 20, cohort="2022"), row("A", "2022-2023", "admitted", 3, cohort="2022"))
    with pytest.raises(ValueError, match="Khóa 2022 và kỳ năm học 2022–2023 khác loại"):
        conversion(mixed)
    both = pd.concat([school_years, counts(*cohort("B", "2021", 20, [1]))])
    with pytest.raises(ValueError, match="khóa theo năm và khóa theo năm học"):
        conversion(both)


def test_what_became_of_a_cohort_adds_up():
    """Trained = admitted + left + expired + still here; "admitted anywhere" has bounds only."""
    frame = counts(
        *cohort("A", "2021", 20, [1, 3, 0, 0]),
        *(row("A", str(2021 + k), "departed", n, cohort="2021") for k, n in enumerate([2, 6, 1, 0])),
        row("A", "2023", "admitted_elsewhere", 2, cohort="2021"),
        *cohort("A", "2022", 10, [1, 1, 0]),
    )
    columns = ["cohort", "trained", "admitted", "departed", "expired", "waiting", "admitted_elsewhere"]
    assert records(
        cohort_table(frame), *columns, "anywhere_low", "anywhere_high", "schools", "last_period", "partial"
    ) == [
        ("2021", 20, 4, 9, None, 7, 2, 0.3, 0.65, 1, "2024", True),
        ("2022", 10, 2, None, None, None, None, 0.2, None, 1, "2024", True),
    ]


def test_waiting_is_unknown_as_long_as_one_school_has_not_said_who_left():
    """A's seven are not both schools' waiting people."""
    frame = counts(
        *cohort("A", "2021", 20, [4]), row("A", "2021", "departed", 9, cohort="2021"), *cohort("B", "2021", 10, [2])
    )
    assert records(cohort_table(frame), "trained", "admitted", "departed", "waiting") == [(30, 6, None, None)]
    by_school = cohort_table(frame, by=["school", "group"])
    assert records(by_school, "school", "departed", "waiting") == [("A", 9, 7), ("B", None, None)]


def test_cohorts_that_differ_are_said_to_differ():
    """Exact test of the first-year shares; the last cohort observed to its second year stands beside."""
    frame = counts(*cohort("A", "2021", 20, [1, 2, 0]), *cohort("B", "2022", 20, [9, 4]), *cohort("B", "2023", 9, [4]))
    found = cohort_test(frame)
    assert records(found, "cohorts", "differ", "exact", "last_cohort", "last_k", "last_trained", "last_admitted") == [
        (3, True, True, "2022", 1, 20, 13)
    ]
    assert found["p_value"].item() == pytest.approx(_fisher([1, 9, 4], [20, 20, 9]), abs=1e-12)
    assert records(found, "last_rate", "last_low", "last_high") == [tuple(interval(13, 20))]


def _fisher(successes, trials):
    """Add the probabilities of every table at most as probable as the one seen: Freeman and Halton."""
    total = sum(successes)
    weight = {}
    for x in np.ndindex(*(n + 1 for n in trials)):
        if sum(x) == total:
            weight[x] = math.prod(math.comb(n, k) for n, k in zip(trials, x, strict=True))
    return sum(w for w in weight.values() if w <= weight[tuple(successes)]) / sum(weight.values())


def test_one_cohort_has_nothing_to_be_compared_with():
    """No p-value, and no claim that cohorts are alike."""
    found = cohort_test(counts(*cohort("A", "2023", 20, [3]), *cohort("B", "2023", 10, [3])))
    assert records(found, "cohorts", "p_value", "differ", "last_cohort", "last_k", "last_admitted") == [
        (1, None, False, "2023", 0, 6)
    ]


def test_counts_without_cohorts_give_bounds_only():
    """Who was admitted in 2022 may have been trained in 2021; without knowing who waited before, from 0."""
    plain = [(10, 2), (12, 9), (5, 7)]
    frame = counts(
        *(row("A", str(2021 + place), "trained", trained) for place, (trained, _) in enumerate(plain)),
        *(row("A", str(2021 + place), "admitted", admitted) for place, (_, admitted) in enumerate(plain)),
    )
    unknown = conversion_bounds(frame)
    assert records(unknown, "period", "trained", "admitted", "same_low", "same_high") == [
        ("2021", 10, 2, 0, 2),
        ("2022", 12, 9, 0, 9),
        ("2023", 5, 7, 0, 5),
        (None, 27, 18, 0, 18),
    ]
    known = conversion_bounds(frame, waiting_before={"student": 0})
    assert records(known, "same_low", "same_high") == [(2, 2), (1, 9), (0, 5), (18, 18)]
    assert records(conversion_bounds(frame, waiting_before=3), "same_low")[-1] == (15,)
    assert records(known, "low", "high")[1] == (1 / 12, 9 / 12)


def test_a_gap_in_the_returns_leaves_the_lower_bounds_at_zero():
    """Who waits is unknown when a school left a period out."""
    frame = counts(
        *(row(school, "2021", measure, 5) for school in "AB" for measure in ("trained", "admitted")),
        *(row("A", "2022", measure, 5) for measure in ("trained", "admitted")),
    )
    assert records(conversion_bounds(frame, waiting_before=0), "same_low", "same_high") == [(0, 10), (0, 5), (0, 15)]


@pytest.mark.parametrize("measure", [conversion, cohort_table, cohort_test, conversion_bounds])
def test_nothing_gives_nothing_with_the_same_columns(measure):
    """An empty frame keeps columns and types."""
    rows = [row("B", "2022", name, 3) for name in ("trained", "admitted")]
    full = measure(pd.concat([_four_cohorts(), counts(*rows)]))
    empty = measure(counts_frame([]))
    assert len(full) > 0
    assert empty.empty
    pd.testing.assert_series_equal(empty.dtypes, full.dtypes)
