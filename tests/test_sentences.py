"""Every finding in one correct sentence, written out in full: what a committee member reads."""

import math
from datetime import date

import pandas as pd
import pytest
import result_frames as made

from dangvien_analysis import sentences
from dangvien_analysis.settings import Collection, Organisation, School

AS_OF = date(2024, 3, 14)
NAMES = made.NAMES


def test_a_share_stands_beside_its_counts_and_interval():
    """The one form of a share in every report."""
    assert sentences.share(25, 159, "student", 0.1089, 0.2216) == (
        "25/159 em, bằng 15,7% (khoảng tin cậy 95%: từ 10,9% đến 22,2%)"
    )


@pytest.mark.parametrize(
    ("n", "total", "group", "expected"),
    [
        (2, 7, "student", "2/7 em"),
        (9, 9, "staff", "9/9 người"),
        (0, 0, "student", "0/0 em"),
        (2, 10, "student", "2/10 em, bằng 20,0%"),
        (0, 30, "student", "0/30 em, bằng 0,0%"),
        (1234, 5000, "staff", "1.234/5.000 người, bằng 24,7%"),
        (pd.NA, 30, "student", "chưa có số liệu"),
        (3, pd.NA, "student", "chưa có số liệu"),
    ],
)
def test_fewer_than_ten_people_get_no_per_cent(n, total, group, expected):
    """A per cent of so few promises what it cannot hold; missing is not zero."""
    assert sentences.share(n, total, group) == expected


def test_pupils_are_em_and_everybody_else_is_people():
    """The counting word of an office's own reports; below zero in words, for a dash means zero."""
    assert sentences.count(1, "student") == "1 em"
    assert sentences.count(0, "staff") == "0 người"
    assert sentences.count(1234, "all") == "1.234 người"
    assert sentences.count(-3, "student") == "âm 3 em"


def test_pupils_and_staff_are_never_in_one_sentence():
    """A frame of two groups is refused, and `for_groups` tells them apart, pupils first."""
    both = pd.concat([made.trend(made.STAFF, "staff"), made.trend()])
    with pytest.raises(ValueError, match="tách học sinh"):
        sentences.nominated_vs_admitted(both)
    headings = sentences.for_groups(sentences.trend_heading, both, names=NAMES, as_of=AS_OF)
    assert [heading.split(":")[0] for heading in headings] == ["Học sinh", "CBGVNV"]


def test_names_come_from_the_collection():
    """Nothing about an office is written in code: neither its schools nor what it calls its staff."""
    collection = Collection(
        id="x",
        folder=None,
        title="x",
        schools=(School("a", "Trường A"),),
        organisation=Organisation(staff_label="CBGVNV"),
    )
    assert sentences.names_of(collection) == {"a": "Trường A", "staff": "CBGVNV"}
    assert sentences.group_name("staff") == "cán bộ, giáo viên, nhân viên"


# --- what came ----------------------------------------------------------------------------------------------------


def test_complete_returns_are_said_to_be_complete():
    """The first thing a chief asks; the partial year is named with its day."""
    text = sentences.coverage(made.coverage("abcd"), NAMES, AS_OF)
    assert text == "Báo cáo: đủ 4/4 trường, 16/16 kỳ; năm 2024 đến 14-3-2024."


def test_what_is_missing_is_named():
    """Schools and periods, in the order of the collection."""
    frame = made.coverage("abcd", missing={("d", "2024"), ("b", "2022"), ("d", "2023")})
    assert sentences.coverage(frame, NAMES, AS_OF) == (
        "Báo cáo: 4/4 trường, 13/16 kỳ; còn thiếu Trường THPT B (2022) và Trường THPT D (2023, 2024); "
        "năm 2024 đến 14-3-2024."
    )


def test_many_missing_schools_are_counted_not_listed():
    """A list of forty names is for a table."""
    schools = [f"t{number}" for number in range(40)]
    frame = made.coverage(schools, missing={(school, "2022") for school in schools[:9]}, partial=())
    assert sentences.coverage(frame) == "Báo cáo: 40/40 trường, 151/160 kỳ; còn thiếu 9 kỳ của 9 trường."


def test_without_a_list_of_schools_completeness_is_unknown():
    """4/4 would claim what nobody knows."""
    text = sentences.coverage(made.coverage("abcd", expected=False, partial=()), NAMES)
    assert text == ("Báo cáo: 4 trường gửi số liệu; không có danh sách trường phải báo cáo nên chưa rõ đã đủ hay chưa.")


def test_nothing_reported_reads_well():
    """No school, or nothing expected at all."""
    frame = made.coverage("abcd", partial=()).assign(reported=False)
    assert sentences.coverage(frame, NAMES) == "Báo cáo: chưa có trường nào gửi số liệu (0/4 trường, 0/16 kỳ)."
    assert sentences.coverage(frame.iloc[:0]) == "Báo cáo: chưa có trường nào gửi số liệu."


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["read"] * 18, "Đọc được 18/18 tệp."),
        (["read"] * 17 + ["not_read"], "Đọc được 17/18 tệp; 1 tệp không mở được."),
        (["read", "partial"], "Đọc được 2/2 tệp; 1 tệp chỉ đọc được một phần."),
        (["read", "no_return"], "Đọc được 1/1 tệp."),
        (["no_return"], "Không có tệp nào trong thư mục."),
        ([], "Không có tệp nào trong thư mục."),
    ],
)
def test_how_many_files_were_read(statuses, expected):
    """The report opens with how many of how many."""
    files = pd.DataFrame({"status": pd.Series(statuses, dtype="string")})
    assert sentences.files_read(files) == expected


def published(group, measure, n, computed, missing=0):
    """Return one row as `measures.reconcile` gives it."""
    row = {"group": group, "measure": measure, "periods": "2021, 2022", "published": n, "computed": computed}
    row |= {"difference": None if computed is None else computed - n, "agrees": n == computed}
    return row | {"schools_missing": missing}


def test_published_figures_that_are_met():
    """The founding figures."""
    frame = made.frame([published("student", "nominated", 194, 194), published("staff", "nominated", 43, 43)])
    assert sentences.reconcile(frame, NAMES) == "Khớp số đã công bố: 194 và 43."


def test_published_figures_that_are_not_met_are_said_to_be_so():
    """Both numbers, the difference, and the likely gap."""
    frame = made.frame([published("student", "nominated", 194, 190, 1), published("staff", "nominated", 43, 43)])
    assert sentences.reconcile(frame, NAMES) == (
        "Không khớp số đã công bố: học sinh cử đi học (2021, 2022) công bố 194, cộng từ báo cáo 190, ít hơn 4 "
        "(1 trường còn thiếu số liệu); khớp: 43."
    )
    frame = made.frame([published("student", "nominated", 194, 200), published("staff", "admitted", 17, None)])
    assert sentences.reconcile(frame, NAMES) == (
        "Không khớp số đã công bố: học sinh cử đi học (2021, 2022) công bố 194, cộng từ báo cáo 200, nhiều hơn 6; "
        "CBGVNV kết nạp (2021, 2022) công bố 17, báo cáo chưa có số liệu."
    )
    assert sentences.reconcile(frame.iloc[:0]) == "Không có số đã công bố để đối chiếu."


# --- flows --------------------------------------------------------------------------------------------------------


def test_nominated_trained_and_admitted_stand_together():
    """Admissions alone would reward sending fewer."""
    assert sentences.nominated_vs_admitted(made.trend(), as_of=AS_OF) == (
        "Học sinh, từ năm 2021 đến 14-3-2024: cử đi học và hoàn thành lớp đều 194 em "
        "(2021: 38; 2022: 52; 2023: 69; 2024: 35); "
        "kết nạp 25 em (2021: 2; 2022: 9; 2023: 11; 2024: 3)."
    )


def test_numbers_that_differ_in_one_period_are_all_said():
    """Only flows that are the same throughout are not read twice."""
    flows = {"nominated": (5, 7), "trained": (6, 6), "admitted": (1, 2)}
    frame = made.trend(flows, periods=("2022", "2023"), partial=())
    assert "hoàn thành lớp 12 em (2022: 6; 2023: 6)" in sentences.nominated_vs_admitted(frame)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (None, "trường"),
        ({"staff": "CBGVNV"}, "trường"),
        ({"a": "Trường THPT A", "b": "Trung tâm GDTX"}, "trường"),
        ({"a": "THPT Hải Lăng"}, "trường"),
        ({"a": "Đông Hà", "b": "Thị xã Quảng Trị", "staff": "CBGVNV"}, "đơn vị"),
    ],
)
def test_who_reports_is_a_school_only_where_names_say_so(names, expected):
    """A province's districts are not schools."""
    assert sentences.reporter(names) == expected


def test_districts_are_not_counted_as_schools():
    """The first sentence of a report counts what reports."""
    frame = made.coverage(["a", "b"], ("2023",), partial=())
    assert sentences.coverage(frame, {"a": "Đông Hà", "b": "Cam Lộ"}) == "Báo cáo: đủ 2/2 đơn vị, 2/2 kỳ."


def test_nobody_is_said_in_words():
    """Zero reads as a sentence, not as 0."""
    one = made.trend({"nominated": (5,), "trained": (0,), "admitted": (0,)}, periods=("2023",), partial=())
    assert sentences.nominated_vs_admitted(one) == (
        "Học sinh, năm 2023: cử đi học 5 em; chưa em nào hoàn thành lớp; chưa kết nạp em nào."
    )


def test_a_sum_with_gaps_does_not_claim_that_nobody_was_admitted():
    """Zero of what was reported is not nobody."""
    flows = {"nominated": (5, 6, 7), "trained": (None,) * 3, "admitted": (0, None, 0)}
    frame = made.trend(flows, "staff", ("2021", "2022", "2023"), partial=(), gaps=3)
    assert sentences.nominated_vs_admitted(frame, NAMES) == (
        "CBGVNV, từ năm 2021 đến năm 2023: cử đi học 18 người (2021: 5; 2022: 6; 2023: 7); "
        "chưa có số liệu hoàn thành lớp; kết nạp 0 người (2021: 0; 2022: chưa có số liệu; 2023: 0); "
        "mới cộng những số đã báo cáo, còn thiếu 3 kỳ của các trường."
    )
    assert sentences.trend_heading(frame, names=NAMES) == (
        "CBGVNV: chưa kết nạp người nào từ năm 2021 đến năm 2023 (năm 2022 chưa có số liệu)"
    )


@pytest.mark.parametrize(
    ("admitted", "expected"),
    [
        ((2, 9, 11, 3), "kết nạp tăng từ 2 em năm 2021 lên 11 em năm 2023; "),
        ((30, 9, 5, 3), "kết nạp giảm từ 30 em năm 2021 xuống 5 em năm 2023; "),
        ((9, 2, 11, 3), "kết nạp 9 em năm 2021, 11 em năm 2023; chênh lệch nhỏ, chưa đủ để nói tăng hay giảm; "),
        ((5, 9, 5, 3), "kết nạp năm 2021 và năm 2023 đều 5 em; "),
        ((None, 9, None, 3), "năm 2022 kết nạp 9 em; "),
        ((None, None, None, 3), ""),
    ],
)
def test_a_heading_says_no_more_than_the_counts_hold(admitted, expected):
    """Admissions that chance explains are no trend; the partial year is told apart, never compared."""
    heading = sentences.trend_heading(made.trend({"admitted": admitted}), as_of=AS_OF)
    assert heading == f"Học sinh: {expected}năm 2024 (đến 14-3-2024) kết nạp 3 em"


def test_periods_of_different_schools_are_not_compared():
    """A school that did not report would look like a fall."""
    frame = made.trend({"admitted": (2, 9, 30)}, periods=("2021", "2022", "2023"), partial=(), schools=(3, 4, 4))
    assert sentences.trend_heading(frame) == (
        "Học sinh: kết nạp 2 em năm 2021, 30 em năm 2023; số trường báo cáo khác nhau (3 và 4 trường) nên không so sánh"
    )


def test_nominations_are_decided_so_their_numbers_are_taken_as_they_are():
    """Chance has no part in how many are sent."""
    frame = made.trend({"nominated": (9, 11)}, periods=("2021-2022", "2022-2023"), partial=())
    assert sentences.trend_heading(frame, "nominated") == (
        "Học sinh: cử đi học tăng từ 9 em năm học 2021–2022 lên 11 em năm học 2022–2023"
    )


def test_headings_of_nothing_read_well():
    """No number of this measure, no number at all, nobody."""
    assert sentences.trend_heading(made.trend({"nominated": (1, 2, 3, 4)})) == "Học sinh: chưa có số liệu kết nạp"
    assert sentences.trend_heading(made.trend().iloc[:0]) == "Chưa có số liệu"
    assert sentences.trend_heading(made.trend({"admitted": (0, 0, 0, 0)}), as_of=AS_OF) == (
        "Học sinh: chưa kết nạp em nào từ năm 2021 đến 14-3-2024"
    )


def test_only_whole_periods_of_the_same_schools_are_set_beside_each_other():
    """Like for like, and the partial year is left out."""
    row = {"group": "student", "measure": "admitted", "schools": 3, "n": 11, "previous_n": 9}
    whole = row | {"period": "2023", "previous_period": "2022", "partial": False}
    partial = row | {"period": "2024", "previous_period": "2023", "partial": True}
    assert sentences.like_for_like(made.frame([whole, partial])) == (
        "Học sinh: kết nạp 11 em năm 2023, 9 em năm 2022 (cùng 3 trường)."
    )
    assert sentences.like_for_like(made.frame([partial])) == "Học sinh: không có hai kỳ trọn vẹn để so sánh."


def test_each_step_is_counted_from_the_one_it_follows():
    """A step without a rate (the helper's) stands with its count alone."""
    steps = {"nominated": 194, "trained": 159, "mentored": 90, "proposed": 34, "admitted": 25}
    before = {"trained": "nominated", "proposed": "trained", "admitted": "proposed"}
    assert sentences.stages(made.funnel(steps, before, partial=True), as_of=AS_OF) == (
        "Học sinh, các bước phát triển đảng viên (đến 14-3-2024): cử đi học 194 em; hoàn thành lớp 159 em; "
        "được phân công đảng viên giúp đỡ 90 em; chi bộ đề nghị kết nạp 34 em; kết nạp 25 em. "
        "Bước có ít người đi tiếp nhất: chi bộ đề nghị kết nạp 34/159 em đã hoàn thành lớp, bằng 21,4% "
        "(khoảng tin cậy 95%: từ 15,7% đến 28,4%)."
    )
    few = {"nominated": 40, "trained": 33, "mentored": 19, "proposed": 17, "admitted": 15}
    assert sentences.stages(made.funnel(few, before)) == (  # too close together to say at which step fewest go on
        "Học sinh, các bước phát triển đảng viên: cử đi học 40 em; "
        "hoàn thành lớp 33/40 em được cử đi học, bằng 82,5% (khoảng tin cậy 95%: từ 68,1% đến 91,3%); "
        "được phân công đảng viên giúp đỡ 19 em; "
        "chi bộ đề nghị kết nạp 17/33 em đã hoàn thành lớp, bằng 51,5% (khoảng tin cậy 95%: từ 35,2% đến 67,5%); "
        "kết nạp 15/17 em được chi bộ đề nghị, bằng 88,2% (khoảng tin cậy 95%: từ 65,7% đến 96,7%)."
    )


def test_small_steps_and_blank_returns():
    """Below ten no per cent; a step some school left blank says what its share is of."""
    frame = made.funnel({"nominated": 9, "trained": 8, "admitted": 0}, {"trained": "nominated"}, "staff")
    assert sentences.stages(frame, NAMES) == (
        "CBGVNV, các bước phát triển đảng viên: cử đi học 9 người; hoàn thành lớp 8/9 người được cử đi học; "
        "chưa kết nạp người nào."
    )
    frame["n"] = frame["n"].mask(frame["stage"] == "trained", 12)
    assert "hoàn thành lớp 12 người (nơi có cả hai số: 8/9 người được cử đi học)" in sentences.stages(frame, NAMES)


def test_a_step_of_one_period_alone_has_no_share():
    """Those who finished in a year may have been sent the year before."""
    frame = made.funnel({"nominated": 20, "trained": 10}, {"trained": "nominated"}).assign(rate=math.nan)
    assert sentences.stages(frame) == (
        "Học sinh, các bước phát triển đảng viên: cử đi học 20 em; hoàn thành lớp 10 em."
    )


def test_a_ratio_of_flows_is_named_so_and_may_exceed_one():
    """It is no conversion rate, so it has no interval."""
    row = {"group": "student", "nominated_base": 194, "admitted_on_nominated": 25, "trained_base": 159}
    row |= {"admitted_on_trained": 170, "partial": False}
    assert sentences.flow_ratio(made.frame([row])) == (
        "Học sinh: tỷ số kết nạp trên cử học trong kỳ (có thể trên 100%) 25/194 (12,9%); "
        "tỷ số kết nạp trên hoàn thành lớp trong kỳ (có thể trên 100%) 170/159 (106,9%)."
    )
    small = row | {"period": "2024", "partial": True, "nominated_base": 5, "admitted_on_nominated": 3}
    small |= {"trained_base": None, "admitted_on_trained": None}
    assert sentences.flow_ratio(made.frame([row | {"period": "2023"}, small]), as_of=AS_OF) == (
        "Học sinh: tỷ số kết nạp trên cử học trong kỳ (có thể trên 100%) 25/194 (12,9%) năm 2023, "
        "3/5 năm 2024 (đến 14-3-2024); tỷ số kết nạp trên hoàn thành lớp trong kỳ (có thể trên 100%) "
        "170/159 (106,9%) năm 2023, chưa có số liệu năm 2024 (đến 14-3-2024)."
    )


def by_school(admitted, **options):
    """Return `measures.trend` by school from each school's admissions."""
    return pd.concat([made.trend({"admitted": n}, **options).assign(school=school) for school, n in admitted.items()])


@pytest.mark.parametrize(
    ("admitted", "expected"),
    [
        ({"a": (1, 2, 3, 0), "c": (1, 0, 1, 0)}, "Không trường nào 2 năm liền không kết nạp (2022, 2023)."),
        (
            {"a": (1, 2, 3, 0), "d": (0, 0, 0, 0), "b": (9, 0, 0, 9)},
            "2 năm liền không kết nạp (2022, 2023): Trường THPT D và Trường THPT B.",
        ),
        (
            {"a": (1, 2, 3, 0), "d": (1, 0, None, 0)},
            "Không trường nào 2 năm liền không kết nạp (2022, 2023); chưa xét được Trường THPT D vì thiếu số liệu.",
        ),
        (
            {"d": (1, None, None, 0)},
            "Chưa xét được trường nào 2 năm liền không kết nạp (2022, 2023) vì thiếu số liệu.",
        ),
    ],
)
def test_schools_without_admission_two_years_running(admitted, expected):
    """The question a chief always asks; only a reported zero counts, in the order given."""
    assert sentences.without_admission(by_school(admitted), NAMES) == expected


def test_too_few_years_to_ask():
    """One whole year says nothing about two."""
    frame = by_school({"a": (0, 0)}, periods=("2023", "2024"))
    assert sentences.without_admission(frame) == ("Chưa đủ 2 kỳ trọn vẹn để xét trường 2 kỳ liền không kết nạp.")


def test_party_members_among_staff_are_a_full_count():
    """So there is no interval; where members were not told apart, it says so."""
    row = {"members": 120, "headcount": 200, "density": 0.6, "basis": "staff"}
    assert sentences.density(made.frame([row]), NAMES) == "Tỷ lệ đảng viên trong CBGVNV: 120/200 người, bằng 60,0%."
    assert sentences.density(made.frame([row | {"basis": "mixed"}]), NAMES).endswith(
        "bằng 60,0% (nơi không tách: đảng viên toàn đơn vị trừ đảng viên là học sinh)."
    )
    empty = made.frame([row | {"density": math.nan}])
    assert sentences.density(empty, NAMES) == "Tỷ lệ đảng viên trong CBGVNV: chưa có số liệu."


def test_a_need_below_the_whole_forecast_is_not_inside_it():
    """86 more where 92 to 137 are expected: below the range, not in it."""
    row = {"group": "student", "period": "2024", "extra": 0, "planned": 117, "done": 31, "needed": 86}
    row |= {"eligible": 727, "rate_needed": 0.1, "expected": 114.0, "low": 92, "high": 137, "unpredicted": 0}
    told = sentences.scenario(made.frame([row | {"verdict": "within", "known": True}]))
    start = "Học sinh, giữ chỉ tiêu đã giao: cần kết nạp thêm 86 em trong năm 2024, "
    assert told == [start + "dưới khoảng dự báo 90% (từ 92 đến 137 em), nhiều khả năng đạt."]


def test_a_name_with_commas_is_left_out_whole():
    """An office's staff may be "cán bộ, giáo viên, nhân viên": no half of it begins a sentence."""
    row = {"group": "staff", "period": "2024", "extra": 0, "planned": 9, "done": 2, "needed": 7}
    row |= {"eligible": 24, "rate_needed": 0.3, "expected": 4.5, "low": 1, "high": 9, "unpredicted": 0}
    frame = made.frame([row | {"verdict": "within", "known": True}])
    assert sentences.scenario(frame, brief=True) == ["Giữ chỉ tiêu đã giao: cần thêm 7 người, trong khoảng dự báo."]


def test_a_school_that_never_reported_has_not_admitted_anybody_for_sure():
    """It is in no row; that all others admitted somebody is not said of it."""
    told = sentences.without_admission(by_school({"a": (1, 2, 3, 0), "b": (2, 1, 3, 0)}), NAMES, 1, ["a", "b", "e"])
    assert told == "Năm 2023: trường nào có số liệu cũng kết nạp được đảng viên; chưa xét được e vì thiếu số liệu."


def test_one_schools_coverage_names_its_periods_only():
    """That one of one school reported, and its own name, say nothing in its own report."""
    assert sentences.coverage(made.coverage(["a"])).startswith("Báo cáo: đủ 4/4 kỳ")
    told = sentences.coverage(made.coverage(["a"], missing={("a", "2021"), ("a", "2022")}), NAMES)
    assert told.startswith("Báo cáo: 2/4 kỳ; còn thiếu năm 2021 và năm 2022")


def test_papers_are_done_before_the_next_examinations():
    """Of the year that runs, or from June on of the next."""
    pool = made.waiting(194, 25, 96, age_18=29)
    for day, month in ((date(2024, 3, 14), "6-2024"), (date(2024, 9, 1), "6-2025")):
        assert f"xong hồ sơ trước tháng {month}, trước khi các em thi" in sentences.actions(pool, as_of=day)
