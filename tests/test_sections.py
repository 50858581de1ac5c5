"""The parts of a report: what they show, and what they say where the data hold no answer."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dangvien_analysis import sections
from dangvien_analysis.frames import Finding, counts_frame, files_frame, findings_frame
from dangvien_analysis.parameters import choose
from dangvien_analysis.sections.section import Section
from dangvien_analysis.settings import Collection, Published, School
from dangvien_analysis.store import Returns

SCHOOLS = (School("b", "Trường THPT B"), School("a", "Trường THPT A"))
DAY = date(2023, 12, 31)


def counts_of(*rows):
    """Counts from (school, period, group, measure, n) and, where it is not actual, kind."""
    named = [dict(zip(("school", "period", "group", "measure", "n", "kind"), row, strict=False)) for row in rows]
    common = {"breakdown": "total", "kind": "actual", "file": "a.xlsx", "sheet": "1", "cell": "A1", "raw": "1"}
    return counts_frame([common | {"as_of": pd.Timestamp(DAY)} | row for row in named])


def chosen(*rows, findings=(), as_of=DAY, asked=None, **changes):
    """The parameters of a notebook that looks at these rows."""
    told = {"title": "Bộ thử", "periods": ("2022", "2023"), "schools": SCHOOLS, "as_of": as_of} | changes
    collection = Collection(id="thu", folder=Path("thu"), **told)
    file = {"file": "a.xlsx", "sha256": "0", "status": "read", "sheets": 1, "counts": len(rows), "errors": 0}
    returns = Returns(counts_of(*rows), findings_frame(findings), files_frame([file | {"warnings": 0}]), collection)
    return choose(returns, **(asked or {}))


PUPILS = [
    (school, period, "student", measure, n)
    for school, period, measure, n in (
        ("a", "2022", "nominated", 6), ("a", "2022", "admitted", 1), ("a", "2023", "nominated", 20),
        ("a", "2023", "admitted", 4), ("b", "2022", "nominated", 2), ("b", "2022", "admitted", 0),
        ("b", "2023", "nominated", 5), ("b", "2023", "admitted", 2),
    )
]  # fmt: skip


def kinds(section):
    """The kinds of a section's blocks, what words stand in for included."""
    blocks = [block.to_dict() for block in section]
    return [kind for block in blocks for kind in block.get("instead_of", [block["kind"]])]


def rows_of(section):
    """The rows of a section's table, and its header."""
    table = next(block.to_dict() for block in section if block.kind == "table")
    return [cell["text"] for cell in table["header"][0]], [row["cells"] for row in table["rows"]]


def text_of(section):
    """All words of a section's blocks."""
    return " ".join(str(block.to_dict()) for block in section)


def test_a_group_with_two_periods_is_two_charts():
    """Per period and added up, under a heading printed from the numbers; the numbers lie behind each chart."""
    section = sections.flows(chosen(*PUPILS), "student")
    assert kinds(section) == ["heading", "paragraph", "figure", "figure"]
    per_period, added = (block.to_dict()["data"]["rows"] for block in section[2:])
    assert [row["cells"] for row in per_period] == [["2022", "8", "1"], ["2023", "25", "6"]]
    assert [row["cells"] for row in added] == [["2022", "8", "1"], ["2023", "33", "7"]]


def test_a_target_stands_beside_what_was_done_where_both_are_of_the_same_schools():
    """A mark in the chart, a column behind it, with its cells; a target of some of the schools is no measure of all."""
    aims = [("a", "2022", "student", "admitted", 9, "target")]
    aims += [(school, "2023", "student", "admitted", 4, "target") for school in ("a", "b")]
    figure = sections.flows(chosen(*PUPILS, *aims), "student")[2].to_dict()
    assert [cell["text"] for cell in figure["data"]["header"][0]] == ["Kỳ", "Cử đi học", "Kết nạp", "Chỉ tiêu kết nạp"]
    assert [row["cells"] for row in figure["data"]["rows"]] == [["2022", "8", "1", ""], ["2023", "25", "6", "8"]]
    assert "6/8" in figure["svg"]
    assert "Chỉ tiêu: kết nạp 2023: 8." in figure["alt"]
    assert [origin["value"] for origin in figure["data"]["origins"] if "chỉ tiêu" in origin["what"]] == ["8"]


def test_one_period_is_told_in_words():
    """A chart over time needs time; the sentence has the numbers."""
    section = sections.flows(chosen(*PUPILS, asked={"period_from": "2023"}), "student")
    assert kinds(section) == ["heading", "paragraph", "figure", "figure"]
    assert not any(block.kind == "figure" for block in section)
    assert "kết nạp 6 em" in text_of(section)


@pytest.mark.parametrize(
    ("show", "missing"),
    [
        (lambda data: sections.flows(data, "staff"), ["figure", "figure"]),
        (lambda data: sections.stages(data, "staff"), ["figure"]),
        (lambda data: sections.by_school(data, "staff"), ["table"]),
        (sections.targets, ["figure", "table"]),
        (sections.published, ["table"]),
        (sections.findings, ["table"]),
    ],
    ids=["flows", "stages", "by_school", "targets", "published", "findings"],
)
def test_what_the_data_do_not_hold_is_said(show, missing):
    """One note stands in for each chart and table, so that nothing is missed when they are counted."""
    section = show(chosen(*PUPILS))
    assert [kind for kind in kinds(section) if kind in ("figure", "table")] == missing
    assert not any(block.kind in ("figure", "table") for block in section)


def test_no_number_at_all_is_said_everywhere():
    """A collection whose files could not be read still gives a report."""
    data = chosen()
    assert "Chưa có số liệu" in text_of(sections.summary(data))
    assert "Chưa có số liệu" in text_of(sections.results(data))
    assert len(sections.key_numbers(data)) == 0
    assert "chưa có trường nào gửi số liệu" in text_of(sections.completeness(data))
    assert kinds(sections.ratios(data)) == ["table"]
    assert kinds(sections.coverage(data)) == ["paragraph", "figure"]


def test_results_do_not_need_targets_or_courses():
    """Returns that tell neither still have a first page: what was sent and admitted, and who admitted nobody."""
    told = text_of(sections.results(chosen(*PUPILS)))
    assert rows_of(sections.results(chosen(*PUPILS)))[1] == [
        ["Học sinh: cử đi học", "8", "25", "33"],
        ["Học sinh: kết nạp", "1", "6", "7"],
    ]
    assert "Năm 2023: trường nào cũng kết nạp được đảng viên." in told
    assert "Chỉ tiêu kết nạp: các báo cáo chưa có." in told


def test_a_share_of_few_people_is_given_in_counts_only():
    """2/8 is no 25%; 6/25 may be called 24%."""
    _, rows = rows_of(sections.ratios(chosen(*PUPILS)))
    assert rows == [["Học sinh"], ["2022", "8", "…", "1", "1/8", "…"], ["2023", "25", "…", "6", "6/25 (24,0%)", "…"]]


def test_schools_stand_in_the_order_of_the_collection_with_their_sum():
    """Never by their result; the last row adds up."""
    header, rows = rows_of(sections.by_school(chosen(*PUPILS), "student"))
    assert header == ["Trường", "Cử đi học", "Kết nạp"]
    assert rows == [["Trường THPT B", "7", "2"], ["Trường THPT A", "26", "5"], ["Cộng", "33", "7"]]


def test_a_school_that_never_reported_has_a_row():
    """Left out of the table it would look as if it did not exist; an empty cell is no zero."""
    silent = (*SCHOOLS, School("c", "Trường THPT C"))
    _, rows = rows_of(sections.by_school(chosen(*PUPILS, schools=silent), "student"))
    assert rows[2:] == [["Trường THPT C", "…", "…"], ["Cộng", "33", "7"]]


def test_an_unfinished_period_says_how_far_it_reaches():
    """In every table, so that it is not read as a whole one."""
    data = chosen(*PUPILS, as_of=date(2023, 3, 14))
    data.counts["as_of"] = pd.Timestamp("2023-03-14")
    _, rows = rows_of(sections.ratios(data))
    assert [row[0] for row in rows] == ["Học sinh", "2022", "2023 (đến 14-3)"]


def test_a_target_passed_is_not_a_negative_remainder():
    """Three of two is one more than asked for."""
    rows = [("a", "2023", "student", "admitted", 2, "target"), ("b", "2023", "student", "admitted", 5, "target")]
    section = sections.targets(chosen(*PUPILS, *rows))
    assert rows_of(section)[1][1:] == [
        ["Trường THPT B", "2/5", "3"],
        ["Trường THPT A", "4/2", "vượt 2"],
    ]


def test_targets_of_many_schools_have_their_periods_across():
    """A row for each school, not for each school and year: forty schools took eight pages."""
    given = [("a", "2022", 3), ("a", "2023", 5), ("b", "2023", 2)]
    rows = [(school, period, "student", "admitted", n, "target") for school, period, n in given]
    rows.append(("a", "2023", "student", "admitted", 1, "extra_target"))
    rows.append(("a", "2023", "staff", "admitted", 4, "target"))
    header, lines = rows_of(sections.targets(chosen(*PUPILS, *rows)))
    assert header == ["Trường", "2022", "2023", "Còn lại, 2023"]
    assert lines == [
        ["Học sinh"],
        ["Trường THPT B", "", "2/2", "0"],
        ["Trường THPT A", "1/3", "4/6", "2"],
        ["Cán bộ, giáo viên, nhân viên"],
        ["Trường THPT A", "", "…/4", "…"],
    ]
    note = next(block.to_dict()["note"] for block in sections.targets(chosen(*PUPILS, *rows)) if block.kind == "table")
    for told in ("a/b: thực hiện a, chỉ tiêu b.", "gồm cả phần bổ sung", "chưa có số thực hiện", "Ô trống: không giao"):
        assert told in note


def test_years_and_school_years_are_never_added():
    """The commoner kind is shown; what is left out is said."""
    data = chosen(*PUPILS, ("a", "2022-2023", "student", "admitted", 50))
    told = text_of(sections.flows(data, "student"))
    assert "năm học 2022–2023" in told
    assert "không cộng các loại kỳ khác nhau" in told
    assert rows_of(sections.by_school(data, "student"))[1][-1] == ["Cộng", "33", "7"]


def test_published_figures_are_met_over_all_schools_whatever_was_chosen():
    """A report for one school must not say that the district's figure is wrong."""
    figures = (
        Published("student", "nominated", ("2022", "2023"), 33, "tin A"),
        Published("student", "admitted", ("2022", "2023"), 9, "tin B"),
        Published("staff", "admitted", ("2022", "2023"), 1, "tin C"),
    )
    _, rows = rows_of(sections.published(chosen(*PUPILS, published=figures, asked={"schools": "a"})))
    assert [row[2:5] for row in rows] == [
        ["33", "33", "khớp"],
        ["9", "7", "KHÔNG KHỚP, lệch 2"],
        ["1", "…", "chưa có số liệu"],
    ]


def test_findings_are_listed_with_their_place_and_notes_are_left_to_the_workbook():
    """An error names file, sheet and cell; what needs no action is not in the report."""
    said = [
        Finding("error", "x", "Ô C7 không phải là số.", file="a.xlsx", sheet="2023", cell="C7"),
        Finding("warning", "x", "Chưa gửi năm 2023.", school="b"),
        Finding("info", "x", "Ô trống.", file="a.xlsx", cell="C8"),
    ]
    section = sections.findings(chosen(*PUPILS, findings=said))
    _, rows = rows_of(section)
    assert rows == [
        ["Lỗi", "a.xlsx, trang «2023», ô C7", "Ô C7 không phải là số."],
        ["Cần xem lại", "Trường THPT B", "Chưa gửi năm 2023."],
    ]
    assert "Có 1 lỗi làm số liệu chưa nhận được và 1 điều cần xem lại." in text_of(section)


def test_who_came_in_is_counted_where_it_was_reported():
    """Where nominations are unknown and people trained are known, the first number is those trained."""
    rows = [("a", "2023", "student", "trained", 731), ("a", "2023", "student", "admitted", 2)]
    figures = sections.key_numbers(chosen(*rows))[0].to_dict()["items"]
    assert [(item["label"], item["value"]) for item in figures] == [
        ("Học sinh: hoàn thành lớp", "731"),
        ("Học sinh: kết nạp", "2"),
    ]


@pytest.mark.parametrize(
    ("schools", "asked", "expected"),
    [
        (SCHOOLS, {}, "2 trường, từ năm 2022 đến năm 2023"),
        (SCHOOLS, {"schools": "a", "period_to": "2022"}, "Trường THPT A, năm 2022"),
        ((School("a", "Đông Hà"), School("b", "Cam Lộ")), {}, "2 đơn vị, từ năm 2022 đến năm 2023"),
    ],
    ids=["schools", "one", "districts"],
)
def test_the_title_says_whom_and_when(schools, asked, expected):
    """Under the title stands what was chosen, not what there is."""
    section = sections.opening(chosen(*PUPILS, schools=schools, asked=asked))
    head = section[0].to_dict()
    assert head["title"] == "Bộ thử"
    assert head["subtitle"] == expected


def test_returns_that_do_not_tell_groups_apart_stand_alone():
    """They are never added to pupils or staff; without such returns nothing is said."""
    assert sections.unsplit(chosen(*PUPILS)) == Section()
    section = sections.unsplit(chosen(*PUPILS, ("a", "2023", "all", "admitted", 9)))
    assert "kết nạp 9 người" in text_of(section)
    data = chosen(*PUPILS, ("a", "2023", "all", "admitted", 9))
    assert rows_of(sections.by_school(data, "student"))[1][-1] == ["Cộng", "33", "7"]


def test_a_section_shows_each_of_its_blocks(monkeypatch):
    """In JupyterLab and for the export each block is an output of its own, in order."""
    import IPython.display

    shown = []
    monkeypatch.setattr(IPython.display, "display", lambda *blocks: shown.extend(blocks))
    section = sections.flows(chosen(*PUPILS), "student")
    section._ipython_display_()
    assert shown == list(section)


def test_the_first_page_says_of_few_numbers_what_there_is():
    """Where nothing can be compared, what each unit admitted is told, in the order of the collection."""
    admitted = [row for row in PUPILS if row[3] == "admitted"]
    told = text_of(sections.support(chosen(*admitted)))
    assert "Chưa có số hoàn thành lớp và số kết nạp của từng trường để so sánh." in told
    assert "Số kết nạp học sinh của từng trường: THPT B\\xa02; THPT A\\xa05; không dùng để xếp hạng" in told


def test_a_collection_of_one_school_is_compared_with_nobody():
    """Its own figure beside itself as the common one would say nothing."""
    alone = chosen(*[row for row in PUPILS if row[0] == "a"], schools=(SCHOOLS[1],))
    assert "chỉ có một trường nên không có gì để so sánh" in text_of(sections.support(alone))
    assert "trường nào cũng" not in text_of(sections.results(alone))


def test_many_schools_are_judged_together_on_the_first_page():
    """Of twelve schools one may lie outside its limits by chance: then it is counted, and not named."""
    listed = [School(f"t{place:02}", f"Trường THPT {place}") for place in range(12)]
    made = [40, *[3] * 5, *[4] * 5, 11]
    rows = [
        (school.id, "2023", "student", measure, n)
        for school, admitted in zip(listed, made, strict=True)
        for measure, n in (("trained", 200 if admitted == 40 else 20), ("admitted", admitted))
    ]
    told = text_of(sections.support(chosen(*rows, schools=listed)))
    assert "1/12 trường ở ngoài giới hạn 95%" in told
    assert "riêng ngẫu nhiên cũng có thể đưa ra ngoài trung bình" in told
    assert "11/20" not in told


def test_of_many_schools_only_those_with_something_missing_are_drawn():
    """Forty rows of full squares hide the three that matter."""
    listed = [School(f"t{place:02}", f"Trường THPT {place}") for place in range(25)]
    rows = [
        (school.id, period, "student", "nominated", 2)
        for school in listed
        for period in ("2022", "2023")
        if (school.id, period) != ("t07", "2022")
    ]
    (figure,) = [
        block.to_dict() for block in sections.coverage(chosen(*rows, schools=listed)) if block.kind == "figure"
    ]
    assert figure["caption"] == "Các trường còn thiếu báo cáo"
    assert [row["cells"] for row in figure["data"]["rows"]] == [["Trường THPT 7", "chưa", "có"]]
    whole = [*rows, ("t07", "2022", "student", "nominated", 2)]
    assert "Cả 25 trường đã báo cáo đủ" in text_of(sections.coverage(chosen(*whole, schools=listed)))


def test_a_report_of_some_schools_does_not_open_with_a_sum_over_all():
    """What was published is a sum over all schools: that it is met says nothing of the one on the page."""
    published = (Published("student", "nominated", ("2022", "2023"), 33, "tin", ""),)
    assert "Khớp số đã công bố: 33" in text_of(sections.completeness(chosen(*PUPILS, published=published)))
    one = chosen(*PUPILS, published=published, asked={"schools": "a"})
    assert "công bố" not in text_of(sections.completeness(one))
