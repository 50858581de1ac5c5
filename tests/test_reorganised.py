"""Schools that merge, change their name or open: old numbers keep the old name, and the report says so."""

from datetime import date

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from result_frames import trend
from small_collection import write_return

from dangvien_analysis import charts, measures, sections, sentences
from dangvien_analysis.loading import load_returns
from dangvien_analysis.parameters import choose
from dangvien_analysis.settings import Break, find_collection

TOML = """
[collection]
title = "Bộ thử"
periods = ["2022", "2023"]
[[schools]]
id = "thpt-a"
name = "Trường THPT A"
[[schools]]
id = "thpt-b"
name = "Trường THPT B"
valid_to = 2022-12-31
successor = "thpt-a"
[[schools]]
id = "thpt-c"
name = "Trường THPT Tên Mới"
former = [{name = "Trường THPT C", until = 2022-08-31}]
[[schools]]
id = "thpt-d"
name = "Trường THPT D"
valid_from = 2023-01-01
"""


@pytest.fixture
def chosen(tmp_path, monkeypatch):
    """A merged school with its last return, a renamed one that writes its old name, a new one."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    folder = tmp_path / "data" / "raw" / "thu"
    folder.mkdir(parents=True)
    (folder / "collection.toml").write_text(TOML, encoding="utf-8")
    write_return(folder / "a.xlsx", "thpt-a", ((12, 2), (13, 3)))
    write_return(folder / "b.xlsx", "thpt-b", ((6, 1), (None, None)))
    write_return(folder / "c.xlsx", "thpt-c", ((4, 1), (5, 1)))
    write_return(folder / "d.xlsx", "thpt-d", ((None, None), (7, 2)))
    return choose(load_returns("thu"))


def test_nobody_waits_for_a_school_that_is_not_there(chosen):
    """A merged school is not asked for the time after, a new one not for the time before."""
    rows = measures.coverage(chosen.counts, chosen.collection)
    cells = set(zip(rows["school"], rows["period"], strict=True))
    assert ("thpt-b", "2023") not in cells
    assert ("thpt-d", "2022") not in cells
    assert rows["reported"].all()
    assert "missing_return" not in set(chosen.returns.findings["code"])


def test_a_return_under_the_old_name_belongs_to_the_renamed_school(chosen):
    """The same school before and after: one series, with no line of its own for the old name."""
    rows = chosen.counts[chosen.counts["school"] == "thpt-c"]
    assert sorted(rows["period"].unique()) == ["2022", "2023"]
    assert "Trường THPT C" in find_collection("thu").schools[2].all_names


def test_a_merged_schools_numbers_are_never_added_to_its_successors(chosen):
    """They are other people; both stand in the table, each under its own name."""
    rows = measures.trend(chosen.counts, ("school", "group"), schools=chosen.collection.schools)
    nominated = rows[rows["measure"] == "nominated"].set_index(["school", "period"])["n"]
    assert nominated["thpt-a", "2022"] == 12
    assert nominated["thpt-b", "2022"] == 6


def test_the_report_says_who_merged_who_was_renamed_and_who_is_new(chosen):
    """Beside the table of schools and beside the picture of who reported."""
    for section in (sections.by_school(chosen, "student"), sections.coverage(chosen)):
        words = " ".join(str(block.to_dict()) for block in section)
        assert "Từ ngày 1-1-2023, Trường THPT B sáp nhập vào Trường THPT A" in words
        assert "không cộng vào Trường THPT A" in words
        assert "Trước ngày 1-9-2022, Trường THPT Tên Mới mang tên Trường THPT C" in words
        assert "Trường THPT D báo cáo từ ngày 1-1-2023" in words


MERGED = (
    "Từ ngày 1-1-2023, Trường THPT B sáp nhập vào Trường THPT A; số liệu đến trước ngày đó đứng riêng dưới tên cũ, "
    "không cộng vào Trường THPT A."
)


def test_the_sentences_in_full(chosen):
    """In the order of the days, each a sentence of its own."""
    assert sentences.reorganised(chosen.collection, ["2022", "2023"]) == [
        "Trước ngày 1-9-2022, Trường THPT Tên Mới mang tên Trường THPT C; đây là một đơn vị.",
        MERGED,
        "Trường THPT D báo cáo từ ngày 1-1-2023.",
    ]


def test_what_lies_outside_the_periods_shown_is_not_told(chosen):
    """A merger ten years ago changes nothing in this table."""
    assert sentences.reorganised(chosen.collection, ["2030", "2031"]) == []
    assert sentences.reorganised(chosen.collection, []) == []


BREAK = Break(date(2025, 7, 1), "tổ chức lại, không còn cấp huyện")


def lines_at(draw, periods, breaks):
    """Where a chart's dotted lines stand, and the words under it."""
    frame = trend(periods=periods, partial=())
    with mpl.rc_context(charts.STYLE):
        ax = Figure(figsize=(6, 4)).subplots()
        draw(frame, ax, breaks=breaks)
    return [line.get_xdata()[0] for line in ax.lines if line.get_gid() == "break"], ax.get_xlabel().replace("\n", " ")


@pytest.mark.parametrize("draw", [charts.draw_trend, charts.draw_cumulative])
@pytest.mark.parametrize(
    ("periods", "place"),
    [
        (("2023", "2024", "2025", "2026"), [1.5]),
        (("2023-2024", "2024-2025", "2025-2026", "2026-2027"), [0.5]),
        (("2024-H1", "2024-H2", "2025-H1", "2025-H2"), [2.5]),
        (("2021", "2022", "2023", "2024"), []),
        (("2025", "2026", "2027", "2028"), []),
    ],
)
def test_a_series_shows_the_break_before_the_first_period_that_reaches_past_it(draw, periods, place):
    """Between bars, never through one, and said in words; no line where there is nothing before it."""
    found, words = lines_at(draw, periods, [BREAK])
    assert found == place
    assert ("Vạch chấm: từ 1-7-2025 tổ chức lại, không còn cấp huyện" in words) is bool(place)


def test_who_cannot_see_the_line_is_told_of_it():
    """The alternative text says the same."""
    for describe in (charts.describe_trend, charts.describe_cumulative):
        assert "từ 1-7-2025 tổ chức lại" in describe(trend(), breaks=[BREAK])
        assert "Vạch" not in describe(trend())
