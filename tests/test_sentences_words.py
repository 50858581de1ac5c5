"""Words that are never used, over every sentence and alternative text, whatever the numbers."""

import math
import re
import unicodedata
from datetime import date
from functools import partial

import pandas as pd
import pytest
import result_frames as made
from hypothesis import given, settings
from hypothesis import strategies as st

from dangvien_analysis import charts, sentences
from dangvien_analysis.measures import Chance, Overdispersion

AS_OF = date(2024, 3, 14)
NEVER = (
    # ranking
    *("đứng thứ", "đứng đầu", "đứng cuối", "dẫn đầu", "tốt nhất", "kém nhất", "cao nhất", "thấp nhất", "bảng vàng"),
    *("tụt hậu", "yếu kém"),
    # people who left are not lost, and nobody failed
    *("thất thoát", "mất", "bỏ cuộc", "trượt", "không đạt", "tồn đọng", "danh sách chờ"),
    # other words of the trade than the office's
    *("đề cử", "đào tạo", "cố vấn", "kèm cặp", "mật độ", "phễu", "tỷ lệ chuyển đổi", "lũy tiến"),
    # a ratio of flows is no rate, and what schools ticked is no cause
    *("tỷ lệ kết nạp", "nguyên nhân", "không thể thay đổi", "chắc chắn"),
    # what a slip of the program would print
    *("nan", "none", "na", "true", "false", "student", "staff", "admitted", "nominated", "trained"),
)
ALLOWED = {"xếp hạng": "không dùng để xếp hạng", "như nhau": "không có nghĩa là các trường như nhau"}

counts = st.integers(0, 3000)
maybe = st.none() | counts
shares = st.just(math.nan) | st.floats(0, 1)
groups = st.sampled_from(["student", "staff", "all"])


@st.composite
def trends(draw):
    """Draw the flows of one group, with gaps, over one to five years of which the last may be partial."""
    years = [str(2020 + place) for place in range(draw(st.integers(1, 5)))]
    numbers = {measure: [draw(maybe) for _ in years] for measure in draw(st.sampled_from(MEASURES))}
    last = years[-1:] if draw(st.booleans()) else ()
    options = {"schools": draw(st.integers(1, 4)), "gaps": draw(st.none() | st.integers(0, 9))}
    return made.trend(numbers, draw(groups), years, partial=last, **options)


MEASURES = (("nominated", "trained", "admitted"), ("nominated",), ("admitted",))


@st.composite
def funnels(draw):
    """Draw stages that shrink, some without a share."""
    steps, most = {}, draw(counts)
    for stage in ("nominated", "trained", "mentored", "proposed", "admitted")[: draw(st.integers(1, 5))]:
        most = draw(st.integers(0, most))
        steps[stage] = most
    before = {"trained": "nominated", "proposed": "trained", "admitted": draw(st.sampled_from(["proposed", "trained"]))}
    return made.funnel(steps, before, draw(groups), draw(st.booleans()))


@st.composite
def targets(draw):
    """Draw targets with and without extra, met, missed and exceeded."""
    key = {"group": draw(groups), "measure": draw(st.sampled_from(["nominated", "admitted", "mentored"]))}
    numbers = st.tuples(maybe, maybe, maybe, st.booleans(), maybe)
    drawn = [draw(numbers) for _ in range(draw(st.integers(1, 4)))]
    rows = enumerate(drawn, start=2020)
    return made.targets(*(made.target(*row, period=str(year), **key) for year, row in rows))


@st.composite
def comparisons(draw):
    """Draw schools inside and outside their limits, some too small."""
    rows = []
    for place in range(draw(st.integers(1, 14))):
        trained = draw(st.integers(1, 60))
        position = draw(st.sampled_from([None, "inside", "above", "below"]))
        low, high = sorted(draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
        rows.append((f"t{place}", draw(st.integers(0, trained)), trained, low, high, position, draw(st.booleans())))
    return made.comparison(rows, draw(groups))


@st.composite
def pools(draw):
    """Draw what became of the people trained, more gone than came included."""
    more = {name: draw(maybe) for name in ("dossier", "age_18", "mentored", "expired")}
    more |= {"group": draw(groups), "known": draw(st.integers(0, 4))}
    return made.waiting(draw(counts), draw(counts), draw(maybe), **more)


@st.composite
def ticked(draw):
    """Draw reasons of several schools or of one."""
    reasons = ("under_age", "left_school", "dossier_incomplete", "background_check", "background_obstacle")
    reasons += ("awaiting_decision", "not_yet_qualified", "not_planned", "not_willing", "other")
    given_ = draw(st.dictionaries(st.sampled_from(reasons), counts, min_size=1))
    return made.reasons(given_, draw(st.integers(1, 4)), draw(maybe), draw(groups))


@st.composite
def conversions(draw):
    """Draw pooled years and cohorts."""
    pooled = [(draw(st.integers(0, 200)), 0, *draw(st.tuples(shares, shares, shares))) for _ in range(3)]
    return made.conversion({"2021": (40, [draw(st.integers(0, 9))]), "2022": (30, [1, 2])}, pooled)


@st.composite
def ratios(draw):
    """Draw ratios of flows, above one and without a base."""
    row = {"group": draw(groups), "period": "2024", "partial": draw(st.booleans())}
    for column in ("nominated_base", "admitted_on_nominated", "trained_base", "admitted_on_trained"):
        row[column] = draw(st.none() | st.integers(0 if "admitted" in column else 1, 900))
    return made.frame([row])


@st.composite
def scenarios(draw):
    """Draw supplementary targets within and beyond the forecast."""
    row = {"group": draw(groups), "period": "2024", "extra": draw(counts), "planned": draw(counts)}
    row |= {"done": draw(counts), "needed": draw(maybe), "eligible": draw(maybe), "low": 1, "high": draw(counts)}
    row |= {"unpredicted": draw(counts), "known": draw(st.booleans())}
    return made.frame([row | {"verdict": draw(st.sampled_from([None, "within", "upper", "open", "beyond"]))}])


@st.composite
def papers(draw):
    """Draw schools with dossiers under way and without, with a target and without."""
    rows = []
    for place in range(draw(st.integers(1, 7))):
        row = {"school": f"t{place}", "group": "student", "period": "2024", "remaining": draw(maybe)}
        row |= {"eligible": draw(counts), "age_18": draw(maybe), "dossier": draw(counts), "known": draw(st.booleans())}
        rows.append(row | {"short": draw(st.booleans())})
    return made.frame(rows)


@st.composite
def grades(draw):
    """Draw schools beside what their mix of grades lets expect."""
    rows = []
    for place in range(draw(st.integers(0, 7))):
        low, high = sorted(draw(st.tuples(counts, counts)))
        row = {"school": f"t{place}", "admitted": draw(counts), "expected": draw(st.floats(0.1, 50)), "low": low}
        rows.append(row | {"high": high, "position": draw(st.sampled_from(["below", "inside", "above"]))})
    return made.frame(rows) if rows else pd.DataFrame()


@st.composite
def coverages(draw):
    """Draw grids with holes, with and without a list of schools."""
    schools = [f"t{place}" for place in range(draw(st.integers(1, 9)))]
    holes = draw(st.sets(st.tuples(st.sampled_from(schools), st.sampled_from(made.YEARS))))
    return made.coverage(schools, missing=holes, expected=draw(st.booleans()))


def headed(frame, measure):
    """Return a heading of one flow."""
    return sentences.trend_heading(frame, measure, as_of=AS_OF)


SAID = [
    ("nominated_vs_admitted", trends(), partial(sentences.nominated_vs_admitted, as_of=AS_OF)),
    ("trend_heading", trends(), lambda frame: f"{headed(frame, 'admitted')}; {headed(frame, 'nominated')}"),
    ("without_admission", trends(), lambda frame: sentences.without_admission(frame.assign(school="a"))),
    ("describe_trend", trends(), partial(charts.describe_trend, as_of=AS_OF)),
    ("describe_cumulative", trends(), charts.describe_cumulative),
    ("stages", funnels(), sentences.stages),
    ("describe_stages", funnels(), partial(charts.describe_stages, as_of=AS_OF)),
    ("attainment", targets(), partial(sentences.attainment, as_of=AS_OF)),
    ("describe_attainment", targets(), charts.describe_attainment),
    ("comparison", comparisons(), partial(sentences.comparison, chance=Chance(0.2, 0.1))),
    ("many", comparisons(), lambda frame: sentences.many(frame, Overdispersion(30, True, 1.1, 0.2), Chance(0.2, 0.1))),
    ("own_school", comparisons(), lambda frame: sentences.own_school(frame.iloc[:1])),
    ("describe_comparison", comparisons(), charts.describe_comparison),
    ("waiting", pools(), sentences.waiting),
    ("describe_waiting", pools(), charts.describe_waiting),
    ("reasons", ticked(), sentences.reasons),
    ("reasons_by_side", ticked(), sentences.reasons_by_side),
    ("describe_reasons", ticked(), charts.describe_reasons),
    ("conversion", conversions(), sentences.conversion),
    ("describe_conversion", conversions(), charts.describe_conversion),
    ("flow_ratio", ratios(), partial(sentences.flow_ratio, as_of=AS_OF)),
    (
        "scenario",
        scenarios(),
        lambda frame: " ".join(sentences.scenario(frame) + sentences.scenario(frame, brief=True)),
    ),
    ("support", papers(), sentences.support),
    ("by_grade", grades(), sentences.by_grade),
    ("alike", comparisons(), lambda frame: sentences.alike(pd.concat([frame, frame.assign(group="all")])) or "."),
    ("earlier", ticked(), lambda frame: sentences.earlier(frame) or "."),
    ("still_here", pools(), lambda frame: sentences.still_here(frame) or "."),
    ("actions", pools(), lambda frame: sentences.actions(frame, "Trường A") or "."),
    ("conversion_heading", conversions(), sentences.conversion_heading),
    ("weight", st.sampled_from(list(sentences.WEIGHT_WORDS)), sentences.weight),
    ("coverage", coverages(), partial(sentences.coverage, as_of=AS_OF)),
    ("describe_coverage", coverages(), partial(charts.describe_coverage, as_of=AS_OF)),
    ("power", st.floats(0, 1), lambda p: sentences.power(p, 15, 0.45, 0.16)),
    ("overdispersion", shares, lambda p: sentences.overdispersion(Overdispersion(30, True, 3 * p, p))),
]
# Every form of these is written out in full in the other tests of sentences.
WRITTEN_OUT = {
    *("allocation", "cohorts", "cohorts_differ", "cohorts_together", "conversion_bounds", "density", "files_read"),
    *("like_for_like", "of_age", "plans", "prediction", "reconcile", "reorganised", "unions"),
}
WORDS_ONLY = {
    *("count", "discreet", "for_groups", "group_name", "in_period", "name_of", "names_of", "reason_label", "reporter"),
    *("share", "some_names"),
    *("since", "target_of", "unit"),
}


def faults(text: str) -> list[str]:
    """Return what is wrong with a text: words never used, slips of spacing and marks, letters not composed."""
    lower = text.casefold()
    found = [word for word in NEVER if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", lower)]
    found += [word for word, phrase in ALLOWED.items() if word in lower.replace(phrase, "")]
    found += re.findall(r"  |\d %| [,.;:)]|\( |\.\.|[;:,]{2}|[;:,]\.|<NA>|\(\)", text)
    if text != unicodedata.normalize("NFC", text):
        found.append("not NFC")
    return found if text.strip() else ["empty"]


@pytest.mark.parametrize(("name", "frames", "say"), SAID, ids=[name for name, *_ in SAID])
def test_no_number_brings_out_a_word_that_is_never_used(name, frames, say):
    """Ranking, loss, cause and the program's own words stay out of every text, for any numbers."""

    @settings(max_examples=40)
    @given(frames)
    def holds(frame):
        text = say(frame)
        assert not faults(text), text

    holds()


def test_every_sentence_and_alternative_text_is_among_them():
    """A function that is added must be held to these words too, or be written out in full."""
    texts = {name for name in charts.__all__ if name.startswith("describe_")}
    texts |= {name for name in sentences.__all__ if not name.isupper()} - WORDS_ONLY
    assert texts == {name for name, *_ in SAID} | WRITTEN_OUT


@pytest.mark.parametrize(
    "text",
    [
        "Trường A đứng thứ 2.",
        "Dùng để xếp hạng.",
        "96 em đã mất.",
        "Tỷ lệ kết nạp 15%.",
        "15,7 %",
        "nan em",
        "<NA> em",
        "Các trường như nhau.",
        "Kết nạp  25 em.",
        unicodedata.normalize("NFD", "Kết nạp 25 em."),
    ],
)
def test_the_search_finds_what_it_is_for(text):
    """A search that finds nothing proves nothing."""
    assert faults(text)


def test_words_that_hold_a_forbidden_one_are_left_in_peace():
    """Mật is not mất, and a set phrase is allowed."""
    assert not faults("Chênh lệch không dùng để xếp hạng hoặc đánh giá thi đua; số mật.")
    assert not faults(pd.Series(["Kết nạp 25/159 em, bằng 15,7% (khoảng tin cậy 95%)."])[0])
