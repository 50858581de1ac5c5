"""No words meet, and none runs off the page: long names, big numbers, one period, twelve periods, forty schools."""

import io
import math
import re
from datetime import date
from functools import partial

import matplotlib as mpl
import pytest
import result_frames as made
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D

from dangvien_analysis import charts, fonts
from dangvien_analysis.blocks import figures

AS_OF = date(2024, 3, 14)
TOUCH = 0.5  # points by which two boxes may meet: they hold the air above and below the letters
SMALLEST = 5.5  # points: below it print cannot be read
DPI = 288  # fine enough that letters are as wide as in the SVG

FORTY = [f"t{place}" for place in range(40)]
LONG = {school: f"Trường Trung học phổ thông Nguyễn Thị Minh Khai số {place}" for place, school in enumerate(FORTY)}
QUARTERS = [f"{year}-Q{quarter}" for year in (2021, 2022, 2023) for quarter in (1, 2, 3, 4)]
SIX_YEARS = [f"{year}-Q{quarter}" for year in range(2018, 2024) for quarter in (1, 2, 3, 4)]
SCHOOL_YEARS = [f"{year}-{year + 1}" for year in range(2012, 2024)]
HALVES = [f"{year}-H{half}" for year in range(2018, 2024) for half in (1, 2)]
MONTHS = [f"{year}-11/{year + 1}-10" for year in range(2012, 2024)]
BIG = {
    "nominated": [2345 + 111 * place for place in range(12)],
    "trained": [1234] * 12,
    "admitted": [3, 0, None, 12, 100, *[1234] * 7],
}
AIMS = {"admitted": [1500] * 12, "nominated": [None] * 11 + [4000]}
STEPS = {"nominated": 12345, "trained": 11234, "mentored": 9876, "proposed": 5432, "admitted": 4321}
BEFORE = {"trained": "nominated", "proposed": "trained", "admitted": "proposed"}


def many_schools(count, outside=()):
    """Return schools of every size, some outside their limits."""
    rows = []
    for place, school in enumerate(FORTY[:count]):
        trained = 5 + 3 * place
        position = "above" if place in outside else "inside"
        admitted = trained - 2 if place in outside else trained // 6
        rows.append((school, admitted, trained, 0.02, 0.4, position if trained >= 10 else None, False))
    return made.comparison(rows)


def bullets(count):
    """Return targets of many schools, with extra ones, exceeded ones and missing ones."""
    rows = []
    for place, school in enumerate(FORTY[:count]):
        actual = None if place % 7 == 6 else 1000 + 90 * place
        extra = 234 if place % 3 == 0 else None
        rows.append(made.target(actual, 2000, extra, place % 5 == 0, school=school, period="2024"))
    return made.targets(*rows)


def pool(count):
    """Return the pool of many schools."""
    rows = [
        made.waiting(2345, 123 + place, 1045, expired=7, school=school) for place, school in enumerate(FORTY[:count])
    ]
    return made.pd.concat(rows)


REASONS = dict.fromkeys(
    (
        *("under_age", "left_school", "dossier_incomplete", "background_check", "background_obstacle"),
        *("awaiting_decision", "not_yet_qualified", "not_planned", "not_willing", "other"),
    ),
    1234,
)
CURVE = [(4321, 40, 0.01, 0.005, 0.02), (3210, 160, 0.05, 0.04, 0.06), (2100, 120, 0.06, 0.05, 0.07)]
SAME = {"2021": (2100, [20, 80, 20]), "2022": (1110, [11, 44]), "2023": (1111, [9])}

CASES = {
    "trend-4-years": (charts.draw_trend, made.trend()),
    "trend-1-year": (
        charts.draw_trend,
        made.trend({"nominated": (1234,), "admitted": (0,)}, periods=("2023",), partial=()),
    ),
    "trend-all-zero": (charts.draw_trend, made.trend(dict.fromkeys(BIG, (0, 0, 0, 0)), "staff")),
    "trend-targets": (charts.draw_trend, made.trend(targets={"admitted": [None, 12, 15, 10]})),
    "trend-quarters": (charts.draw_trend, made.trend(BIG, periods=QUARTERS, partial=QUARTERS[-1:], targets=AIMS)),
    "trend-school-years": (charts.draw_trend, made.trend(BIG, periods=SCHOOL_YEARS, partial=SCHOOL_YEARS[-1:])),
    "trend-halves": (charts.draw_trend, made.trend(BIG, periods=HALVES, partial=HALVES[-1:], schools=(3,) * 12)),
    "trend-months": (charts.draw_trend, made.trend(BIG, periods=MONTHS, partial=MONTHS[-1:])),
    "trend-24-quarters": (
        charts.draw_trend,
        made.trend({measure: [*n, *n] for measure, n in BIG.items()}, periods=SIX_YEARS, partial=SIX_YEARS[-1:]),
    ),
    "cumulative-24-quarters": (
        charts.draw_cumulative,
        made.trend({measure: [*n, *n] for measure, n in BIG.items()}, periods=SIX_YEARS, partial=SIX_YEARS[-1:]),
    ),
    "cumulative-4-years": (charts.draw_cumulative, made.trend()),
    "cumulative-1-year": (charts.draw_cumulative, made.trend(made.STUDENTS, periods=("2021",), partial=())),
    "cumulative-quarters": (charts.draw_cumulative, made.trend(BIG, periods=QUARTERS, partial=QUARTERS[-1:])),
    "cumulative-equal": (
        charts.draw_cumulative,
        made.trend({"nominated": (5, 5, 5, 5), "admitted": (5, 5, 5, 5)}),
    ),
    "stages-big": (charts.draw_stages, made.funnel(STEPS, BEFORE, partial=True)),
    "stages-small": (
        charts.draw_stages,
        made.funnel({"nominated": 9}, {}, "staff"),
    ),
    "attainment-1": (charts.draw_attainment, bullets(1)),
    "attainment-40": (charts.draw_attainment, bullets(40)),
    "coverage-1": (charts.draw_coverage, made.coverage(["t1"], ("2023",), partial=())),
    "coverage-2": (
        charts.draw_coverage,
        made.coverage(FORTY[:2], QUARTERS, {("t0", quarter) for quarter in QUARTERS}, QUARTERS[-1:]),
    ),
    "coverage-40": (
        charts.draw_coverage,
        made.coverage(FORTY, QUARTERS, {(s, q) for s in FORTY for q in QUARTERS[::2]}, QUARTERS[-1:]),
    ),
    "comparison-4": (charts.draw_comparison, many_schools(4, outside=(3,))),
    "comparison-40": (charts.draw_comparison, many_schools(40, outside=(7, 9, 12, 20, 39))),
    "conversion": (charts.draw_conversion, made.conversion(SAME, CURVE)),
    "conversion-age": (partial(charts.draw_conversion, reference=0.5), made.conversion(SAME, CURVE)),
    "conversion-few": (
        charts.draw_conversion,
        made.conversion({}, [(28, 3, math.nan, math.nan, math.nan)], method="counts"),
    ),
    "waiting-4": (charts.draw_waiting, pool(4)),
    "waiting-40": (charts.draw_waiting, pool(40)),
    "reasons-all": (charts.draw_reasons, made.reasons(REASONS)),
    "reasons-folded": (charts.draw_reasons, made.reasons(REASONS, schools=1)),
    "empty": (charts.draw_trend, made.trend().iloc[:0]),
}


def laid_out(draw, frame, look="report"):
    """Return the figure of a chart after its layout, as the report sets it, or on a phone."""
    fonts.register_for_charts()
    with mpl.rc_context(charts.STYLE):
        width, height = charts.size_mm(draw, frame)
        if look == "phone":
            width, height = figures.PHONE_WIDTH_MM, figures.PHONE_HEIGHT * height
        paper = Figure(figsize=(width / 25.4, height / 25.4), dpi=DPI, layout="constrained")
        FigureCanvasAgg(paper)
        draw(frame, paper.add_subplot(), names=LONG, as_of=AS_OF)
        paper.draw_without_rendering()
    return paper


def texts(paper):
    """Return every text of a chart: written, beside the axes, under and over them."""
    ax = paper.axes[0]
    labels = [*ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label, ax._left_title]
    return [text for text in [*ax.texts, *labels] if text.get_text().strip() and text.get_visible()]


def boxes(paper):
    """Return every written text with its box in points."""
    points = Affine2D().scale(72 / DPI)
    return [(text.get_text(), text.get_window_extent().transformed(points)) for text in texts(paper)]


def meet(one, other):
    """Tell whether two boxes lie over each other by more than the air in them."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    up = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > TOUCH and up > 2 * TOUCH


def off(box, paper):
    """Tell whether a box runs off the page by more than a point."""
    width, height = paper.get_size_inches() * 72
    return min(box.x0, box.y0) < -1 or box.x1 > width + 1 or box.y1 > height + 1


@pytest.mark.parametrize("look", ["report", "phone"])
@pytest.mark.parametrize("name", CASES)
def test_no_words_meet_and_none_runs_off_the_page(name, look):
    """Whatever the numbers and names, in the report and on a phone.

    What does not fit a phone is not drawn for one: there it may run off, but not into other words.
    """
    if look == "phone" and charts.least_width_mm(*CASES[name]) > figures.PHONE_WIDTH_MM:
        return
    paper = laid_out(*CASES[name], look)
    written = boxes(paper)
    over = [text for text, box in written if off(box, paper)]
    assert not over or look == "phone"
    assert over or not meetings(written)
    assert min(text.get_fontsize() for text in texts(paper)) >= SMALLEST


def meetings(written):
    """Return the pairs of texts that lie over each other."""
    return [
        (text, other)
        for place, (text, box) in enumerate(written)
        for other, beside in written[:place]
        if meet(box, beside)
    ]


@pytest.mark.parametrize("name", ["trend-4-years", "cumulative-4-years", "stages-big", "attainment-1", "waiting-4"])
def test_the_usual_charts_fit_a_phone(name):
    """A phone gets a drawing of its own, not the printed one made small."""
    paper = laid_out(*CASES[name], "phone")
    assert not [text for text, box in boxes(paper) if off(box, paper)]


def test_a_chart_keeps_its_words_as_text_and_is_the_same_bytes_each_time():
    """Found by searching, read by a screen reader; nothing changed means nothing to send again."""
    made_ = []
    for _ in range(2):
        file = io.StringIO()
        with mpl.rc_context(charts.STYLE):
            figure = laid_out(charts.draw_trend, made.trend())
            figure.savefig(file, format="svg", metadata={"Date": None})
        made_.append(file.getvalue())
    assert made_[0] == made_[1]
    assert ">Cử đi học<" in made_[0]
    assert set(re.findall(r"font-family: '([^']*)'", made_[0])) == {fonts.CHART_FACE}


def test_one_long_name_makes_no_other_name_small(monkeypatch):
    """Forty rows: whoever has a short name is read as easily as where nobody has a long one."""
    names = {school: f"Trường THPT Số {place}" for place, school in enumerate(FORTY)}
    names[FORTY[3]] = "Trường Trung học phổ thông Dân tộc nội trú Bình Yên (cơ sở 2, huyện Sơn Hà cũ)"
    monkeypatch.setitem(globals(), "LONG", names)
    labels = laid_out(charts.draw_waiting, pool(40)).axes[0].get_yticklabels()
    assert labels[3].get_fontsize() < labels[0].get_fontsize() == 9.5
    assert len({label.get_fontsize() for label in labels}) == 2


def test_one_school_alone_has_room_for_a_name_of_several_lines(monkeypatch):
    """The chart of a school's own report."""
    monkeypatch.setitem(globals(), "LONG", {"t0": LONG["t0"] + " (cơ sở 2, huyện Sơn Hà cũ, tỉnh Minh Họa)"})
    (label,) = laid_out(charts.draw_comparison, many_schools(9)[8:].assign(school="t0")).axes[0].get_yticklabels()
    assert label.get_fontsize() > 0.68 * 9.5


def test_notes_stay_on_the_page_beside_names_set_on_one_line(monkeypatch):
    """Low rows have no room for a name's second line: unfolded it takes more width, and the notes have less."""
    names = {school: f"Trường THPT Số {place}" for place, school in enumerate(FORTY)}
    names[FORTY[3]] = "Trường Trung học phổ thông Dân tộc nội trú Bình Yên (cơ sở 2, huyện Sơn Hà cũ)"
    monkeypatch.setitem(globals(), "LONG", names)
    paper = laid_out(charts.draw_coverage, made.coverage(FORTY, missing={(FORTY[5], "2022")}))
    assert [text for text, box in boxes(paper) if off(box, paper)] == []


def test_limits_that_go_on_to_everybody_are_drawn_to_their_end():
    """A scale that ends at 97% cuts them off under the title."""
    rows = many_schools(12).assign(high=1.0)
    rows["rate"] = rows["rate"].mask(rows["rate"].notna(), 0.84)
    assert laid_out(charts.draw_comparison, rows).axes[0].get_ylim() == (0, 1)
