"""Charts draw what they are given: the tests read the drawn artists, not pixels."""

import inspect
import math
from datetime import date
from functools import partial
from itertools import pairwise

import matplotlib as mpl
import pytest
import result_frames as made
from matplotlib.figure import Figure

from dangvien_analysis import charts
from dangvien_analysis.charts import style

AS_OF = date(2024, 3, 14)
NAMES = made.NAMES
LIMITS = (0.05, 0.30)


def drawn(draw, frame, **options):
    """Return the axes of a chart drawn as a report draws it."""
    with mpl.rc_context(charts.STYLE):
        size = charts.size_mm(draw, frame)
        ax = Figure(figsize=(size[0] / 25.4, size[1] / 25.4), layout="constrained").add_subplot()
        assert draw(frame, ax, **options) is None
    return ax


def bars(ax, hatched=None):
    """Return the drawn bars, all or those hatched (or not)."""
    return [bar for bar in ax.patches if hatched is None or bool(bar.get_hatch()) == hatched]


def words(ax):
    """Return every text of a chart: written, under the axes, beside them, above."""
    labels = [*ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label, ax.title, ax._left_title]
    return [text.get_text() for text in [*ax.texts, *labels] if text.get_text()]


def below(ax):
    """Return what is said under a chart, on one line."""
    return ax.xaxis.label.get_text().replace("\n", " ")


def test_the_bars_of_a_trend_are_its_numbers():
    """One lane per measure, from the top: sent, finished, admitted."""
    ax = drawn(charts.draw_trend, made.trend(), as_of=AS_OF)
    heights = [bar.get_height() for bar in bars(ax)]
    assert heights == pytest.approx([38, 52, 69, 35, 38, 52, 69, 35, 2, 9, 11, 3])
    bottoms = sorted({bar.get_y() for bar in bars(ax)}, reverse=True)
    assert [bars(ax)[place].get_y() for place in (0, 4, 8)] == bottoms
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Cử đi học\n(cộng 194)",
        "Hoàn thành lớp\n(cộng 194)",
        "Kết nạp\n(cộng 25)",
    ]


def test_a_partial_period_is_hatched_and_named_with_its_day():
    """Under its bar, and in the words under the chart."""
    ax = drawn(charts.draw_trend, made.trend(), as_of=AS_OF)
    assert [bar.get_height() for bar in bars(ax, hatched=True)] == pytest.approx([35, 35, 3])
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2021", "2022", "2023", "2024\nđến 14-3"]
    assert below(ax) == "Gạch chéo: 2024 mới đến 14-3-2024."
    assert not bars(drawn(charts.draw_trend, made.trend(partial=())), hatched=True)


def test_missing_numbers_are_dots_and_zeros_are_zeros():
    """No bar for either, but different words."""
    flows = {"nominated": (5, 6), "trained": (None, 6), "admitted": (0, 1)}
    ax = drawn(charts.draw_trend, made.trend(flows, periods=("2022", "2023"), partial=()))
    assert [text.get_text() for text in ax.texts] == ["5", "6", "…", "6", "0", "1"]
    assert below(ax) == "Dấu … : chưa có số liệu."


def test_targets_are_marks_at_their_height():
    """Above its lane's own ground line, wider than the bar."""
    ax = drawn(charts.draw_trend, made.trend(targets={"admitted": [None, 12, 15, 10]}), as_of=AS_OF)
    ground = bars(ax)[8].get_y()
    marks = [line for line in ax.lines if line.get_linewidth() > 1]
    assert [line.get_ydata()[0] - ground for line in marks] == pytest.approx([12, 15, 10])
    assert [text.get_text() for text in ax.texts][8:] == ["2", "9/12", "11/15", "3/10"]
    assert "Vạch đậm: chỉ tiêu" in below(ax)


def test_a_period_that_some_schools_left_out_says_how_many_reported():
    """Coverage stands beside every figure."""
    ax = drawn(charts.draw_trend, made.trend(schools=(4, 3, 4, 4)), as_of=AS_OF)
    assert [label.get_text() for label in ax.get_xticklabels()][1] == "2022\n3/4 trường"


def test_thousands_have_a_point_and_years_none():
    """As Vietnamese offices write them."""
    flows = {"nominated": (1234, 12345), "admitted": (0, 1)}
    ax = drawn(charts.draw_trend, made.trend(flows, periods=("2022", "2023"), partial=()))
    assert {"1.234", "12.345", "2022", "2023"} <= set(words(ax))


def test_cumulative_lines_end_at_the_sums_and_are_named_there():
    """Dashed, with a hollow point, where the period is not over."""
    ax = drawn(charts.draw_cumulative, made.trend(), as_of=AS_OF)
    solid, dashed = [line for line in ax.lines if list(line.get_xdata()) == [0, 1, 2]], ax.lines
    assert [list(line.get_ydata()) for line in solid] == [[38, 90, 159], [2, 11, 22]]
    assert [159, 194] in [list(line.get_ydata()) for line in dashed]
    assert {"cử đi học", "kết nạp", "194", "25"} <= set(words(ax))
    assert below(ax) == "Cộng dồn từ kỳ đầu. Nét đứt: 2024 mới đến 14-3-2024."


def test_stages_show_their_count_and_share_but_none_for_the_helper():
    """Places differ in whether the helper comes before or after the course."""
    steps = {"nominated": 194, "trained": 159, "mentored": 90, "admitted": 25}
    ax = drawn(charts.draw_stages, made.funnel(steps, {"trained": "nominated", "admitted": "trained"}))
    assert [bar.get_width() for bar in bars(ax)] == [194, 159, 90, 25]
    assert [text.get_text() for text in ax.texts] == [
        *("194", "", "159", "159/194 em, bằng 82,0% (75,9%–86,7%)\nso với số cử đi học"),
        *("90", "", "25", "25/159 em, bằng 15,7% (10,9%–22,2%)\nso với số hoàn thành lớp"),
    ]


def test_small_stages_have_no_per_cent():
    """Below ten people."""
    ax = drawn(charts.draw_stages, made.funnel({"nominated": 9, "trained": 8}, {"trained": "nominated"}, "staff"))
    assert "8/9 người\nso với số cử đi học" in words(ax)
    assert below(ax) == "Dưới 10 người không tính %."


def test_a_target_is_a_mark_the_done_a_bar_and_the_extra_a_band():
    """Rows are named by what differs between them."""
    key = {"group": "student", "measure": "admitted"}
    frame = made.targets(
        made.target(2, None, period="2021", **key),
        made.target(13, 12, period="2022", **key),
        made.target(11, 15, period="2023", **key),
        made.target(3, 10, extra=4, partial=True, period="2024", **key),
        made.target(None, 9, period="2025", **key),
    )
    ax = drawn(charts.draw_attainment, frame, as_of=AS_OF)
    done = [bar.get_width() for bar in bars(ax) if bar.get_height() == pytest.approx(0.3)]
    assert done == [2, 13, 11, 3]
    assert [bar.get_width() for bar in bars(ax, hatched=True)] == [4, 3]
    assert sorted(line.get_xdata()[0] for line in ax.lines) == [9, 10, 12, 14, 15]
    assert [text.get_text() for text in ax.texts] == [
        *("không giao; thực hiện 2", "13/12, vượt 1", "11/15, thiếu 4", "3/14, còn 11"),
        "chỉ tiêu 9; chưa có số liệu",
    ]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["2021", "2022", "2023", "2024", "2025"]


def test_schools_stand_in_the_order_given():
    """Never by rate, nor by anything else."""
    rows = [made.target(x, 10, school=school, period="2023") for school, x in (("d", 1), ("a", 9), ("c", 5))]
    ax = drawn(charts.draw_attainment, made.targets(*rows), names=NAMES)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["THPT D", "THPT A", "THPT C"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_missing_returns_are_empty_squares_with_a_word():
    """Not by colour alone; a partial period is hatched."""
    frame = made.coverage("ab", missing={("b", "2022"), ("b", "2024")})
    ax = drawn(charts.draw_coverage, frame, names=NAMES, as_of=AS_OF)
    missing = [square for square in ax.patches if square.get_gid() == "missing"]
    assert [(round(square.get_x()), round(square.get_y())) for square in missing] == [(1, 1), (3, 1)]
    assert [text.get_text() for text in ax.texts] == ["thiếu", "thiếu"]
    assert len(bars(ax, hatched=True)) == 1
    assert len(ax.patches) == 8


def test_few_schools_have_a_row_each_with_limits_at_their_own_size():
    """A dot, its limits, its counts; the common figure is a line."""
    rows = [("d", 2, 28, 0.0, 0.32, "inside", False), ("a", 20, 40, *LIMITS, "above", True)]
    frame = made.comparison([*rows, ("c", 1, 7, 0.0, 0.6, None, False)])
    ax = drawn(charts.draw_comparison, frame, names=NAMES)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["THPT D", "THPT A", "THPT C"]
    assert [(bar.get_x(), bar.get_width()) for bar in bars(ax)][:2] == [(0.0, 0.32), (0.05, pytest.approx(0.25))]
    dots = [list(points.get_offsets()[0]) for points in ax.collections]
    assert dots == [[pytest.approx(2 / 28), 0], [0.5, 1]]
    assert {"2/28 em = 7,1%", "20/40 em = 50,0%, ngoài giới hạn", "1/7 em"} <= set(words(ax))
    assert "Không dùng để xếp hạng hoặc đánh giá thi đua" in below(ax)


def test_many_schools_make_a_funnel_plot_that_names_only_those_outside():
    """Letters, for numbers beside schools would be read as places."""
    rows = [(f"t{place}", 3, 20 + place, *LIMITS, "inside", False) for place in range(12)]
    rows[4] = ("t4", 12, 24, *LIMITS, "above", True)
    ax = drawn(charts.draw_comparison, made.comparison(rows), names={"t4": "Trường THPT Số 4"})
    assert "a: THPT Số 4, 12/24" in words(ax)
    assert not [word for word in words(ax) if "t5" in word]
    sizes = sorted(len(points.get_offsets()) for points in ax.collections if len(points.get_offsets()))
    assert sizes[-2:] == [1, 11]


def test_conversion_shows_the_pooled_curve_its_band_and_the_courses_behind():
    """With how many people were observed that long."""
    frame = made.conversion(
        {"2021": (38, [2, 4]), "2022": (52, [3])}, [(90, 5, 0.056, 0.02, 0.12), (38, 6, 0.158, 0.08, 0.29)]
    )
    ax = drawn(charts.draw_conversion, frame)
    pooled = [line for line in ax.lines if line.get_linewidth() == 2]
    assert [list(line.get_ydata()) for line in pooled] == [[0.056, 0.158]]
    assert {"5,6%", "15,8%", "khóa 2021", "khóa 2022"} <= set(words(ax))
    assert "hết năm thứ nhất\nsau đó\n6/38 em" in words(ax)


def test_what_the_rule_of_age_would_allow_is_a_dotted_line_that_says_it_is_an_estimate():
    """Nothing is drawn without it, and the alternative text says the same."""
    frame = made.conversion({"2021": (38, [2])}, [(38, 2, 0.05, 0.01, 0.17)])
    ax = drawn(partial(charts.draw_conversion, reference=0.5), frame)
    assert "mức tối đa theo quy định tuổi (ước tính): 50,0%" in words(ax)
    assert not [word for word in words(drawn(charts.draw_conversion, frame)) if "quy định" in word]
    assert charts.describe_conversion(frame, reference=0.5).endswith("(ước tính) 50,0%.")


def test_too_few_admissions_give_counts_instead_of_a_curve():
    """One school, three admissions."""
    frame = made.conversion({}, [(28, 3, math.nan, math.nan, math.nan)], method="counts")
    ax = drawn(charts.draw_conversion, frame)
    assert [text.get_text() for text in ax.texts] == ["Quá ít để kết luận: kết nạp 3/28 em"]
    assert not ax.lines


def test_the_pool_has_a_column_for_each_fate_on_one_scale():
    """Below zero is said in words, what is unknown is bounded, no bar is drawn for either."""
    frame = made.waiting(33, 4, 26, school="a")
    ax = drawn(charts.draw_waiting, frame, names=NAMES)
    assert [bar.get_width() for bar in bars(ax)] == pytest.approx([4, 26, 3])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["THPT A (33)"]
    negative = drawn(charts.draw_waiting, made.waiting(10, 13, 0, school="a"), names=NAMES)
    assert [bar.get_width() for bar in bars(negative)] == [13]
    assert "âm 3" in words(negative)
    assert "≤ 6" in words(drawn(charts.draw_waiting, made.waiting(10, 4, None)))


def test_reasons_stand_under_what_they_belong_to_without_a_share_for_no_wish():
    """The rules apart from papers and process; the most frequent first."""
    given = {"other": 9, "dossier_incomplete": 10, "under_age": 68, "left_school": 70, "not_willing": 4}
    ax = drawn(charts.draw_reasons, made.reasons(given).assign(share=9 / 161))
    assert [bar.get_width() for bar in bars(ax)] == [70, 68, 10, 9, 4]
    assert [text.get_text() for text in ax.texts][-2:] == ["9/161 = 5,6%", "4"]
    assert ax.get_yticklabels()[0].get_text() == "Theo quy định:"


def test_sensitive_reasons_of_one_school_are_never_drawn():
    """Whatever frame the caller sends; the chart says that something is folded."""
    frame = made.reasons({"under_age": 12, "background_obstacle": 1, "not_willing": 1}, schools=1)
    for shown in (frame, frame.assign(school="a", schools=4)):
        ax = drawn(charts.draw_reasons, shown)
        assert [bar.get_width() for bar in bars(ax)] == [12, 2]
        assert not [word for word in words(ax) if "chính trị" in word or "nguyện vọng" in word]
        assert "không nêu theo từng trường" in below(ax)


DRAWS = {name: getattr(charts, name) for name in charts.__all__ if name.startswith("draw_")}
FRAMES = {
    "draw_trend": made.trend(),
    "draw_cumulative": made.trend(),
    "draw_stages": made.funnel({"nominated": 20, "trained": 10}, {"trained": "nominated"}),
    "draw_attainment": made.targets(made.target(3, 10, period="2024", partial=True)),
    "draw_coverage": made.coverage("ab"),
    "draw_comparison": made.comparison(
        [("a", 3, 20, *LIMITS, "inside", False), ("b", 4, 20, *LIMITS, "inside", False)]
    ),
    "draw_conversion": made.conversion({"2021": (38, [2])}, [(38, 2, 0.05, 0.01, 0.17)]),
    "draw_waiting": made.waiting(33, 4, 26),
    "draw_reasons": made.reasons({"under_age": 12}),
}


@pytest.mark.parametrize("name", DRAWS)
def test_every_chart_has_a_size_an_alternative_text_and_an_empty_form(name):
    """An empty frame is said to be empty: an empty chart looks like a zero."""
    draw, frame = DRAWS[name], FRAMES[name]
    describe = getattr(charts, name.replace("draw_", "describe_"))
    assert describe(frame).endswith(".")
    assert next(iter(inspect.signature(describe).parameters)) == "frame"
    assert charts.size_mm(partial(draw, names=NAMES), frame) == charts.size_mm(draw, frame)
    ax = drawn(draw, frame.iloc[:0])
    assert len(ax.texts) == 1
    assert not ax.patches


@pytest.mark.parametrize("name", DRAWS)
def test_no_chart_needs_a_legend_and_the_frame_is_left_as_it_was(name):
    """Direct labels; a chart draws what it is given and changes nothing."""
    before = FRAMES[name].copy(deep=True)
    ax = drawn(DRAWS[name], FRAMES[name])
    assert ax.get_legend() is None
    assert FRAMES[name].equals(before)


def test_twelve_periods_are_not_squeezed_onto_a_phone():
    """Their words would meet; four periods fit."""
    months = [f"2023-{month:02}/2023-{month:02}" for month in range(1, 13)]
    long = made.trend({"admitted": [1] * 12}, periods=months, partial=())
    assert charts.least_width_mm(charts.draw_trend, long) == charts.size_mm(charts.draw_trend, long)[0]
    assert charts.least_width_mm(charts.draw_trend, made.trend()) == 0


def test_shades_can_be_told_apart_in_grey_and_none_is_red_or_green():
    """Three steps of lightness, each at least a fifth of the range from the next."""
    from matplotlib.colors import to_rgb

    colours = [to_rgb(colour) for colour in (style.DARK, style.MID, style.PALE, style.PAPER)]
    greys = [0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue in colours]
    assert all(lighter - darker > 0.15 for darker, lighter in pairwise(greys))
    assert all(blue >= green >= red for red, green, blue in colours)


@pytest.mark.parametrize("name", DRAWS)
def test_each_chart_says_which_question_it_answers(name):
    """Read as a new reader would: a chart that answers another question is changed."""
    assert "It answers:" in DRAWS[name].__doc__
    assert "?" in DRAWS[name].__doc__
