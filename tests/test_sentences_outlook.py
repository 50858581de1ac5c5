"""Targets, cohorts, schools beside each other and forecasts: said with their reserve."""

import math
from datetime import date

import pytest
import result_frames as made

from dangvien_analysis import sentences
from dangvien_analysis.measures import Chance, Overdispersion

AS_OF = date(2024, 3, 14)
NAMES = made.NAMES


# --- targets ------------------------------------------------------------------------------------------------------


def test_targets_are_said_as_x_of_y_with_what_is_left():
    """A partial year is not scaled up; a target is a constant, so there is no interval."""
    key = {"group": "student", "measure": "admitted"}
    frame = made.targets(
        made.target(2, None, period="2021", **key),
        made.target(13, 12, period="2022", **key),
        made.target(11, 15, period="2023", **key),
        made.target(3, 10, period="2024", partial=True, **key),
    )
    assert sentences.attainment(frame, as_of=AS_OF) == (
        "Chỉ tiêu kết nạp học sinh: năm 2021 không giao; năm 2022 đạt 13/12, vượt 1; năm 2023 đạt 11/15; "
        "năm 2024 đạt 3/10 (đến 14-3-2024), còn 7."
    )


def test_an_extra_target_adds_and_is_named():
    """A bare 3/14 would hide that four came during the year; the same date last year stands beside it."""
    key = {"group": "staff", "measure": "nominated", "period": "2024"}
    frame = made.targets(made.target(3, 10, extra=4, partial=True, last_year=2, **key))
    assert sentences.attainment(frame, NAMES, AS_OF) == (
        "Chỉ tiêu cử CBGVNV đi học: năm 2024 đạt 3/14 (chỉ tiêu 10, bổ sung 4; đến 14-3-2024), còn 11, "
        "cùng kỳ năm trước 2."
    )


def test_a_target_without_an_actual_and_none_at_all():
    """Not reported is not zero."""
    key = {"group": "student", "measure": "trained", "period": "2023"}
    frame = made.targets(made.target(None, 10, **key))
    assert sentences.attainment(frame) == (
        "Chỉ tiêu học sinh hoàn thành lớp: năm 2023 chưa có số liệu thực hiện (chỉ tiêu 10)."
    )
    assert sentences.attainment(frame.iloc[:0], measure="nominated", group="student") == (
        "Chỉ tiêu cử học sinh đi học: không giao."
    )


def test_a_target_of_schools_that_did_not_report_is_not_held_against_the_others():
    """Three of four schools: their own part of the target."""
    frame = made.targets(made.target(11, 15, group="student", measure="admitted", period="2023"))
    frame["planned_reported"], frame["remaining"], frame["reported"] = 12, 1, 3
    assert sentences.attainment(frame) == (
        "Chỉ tiêu kết nạp học sinh: năm 2023 đạt 11/12 (3/4 trường có báo cáo, chỉ tiêu cả 4 trường là 15)."
    )


def test_nominations_and_admissions_are_not_one_target():
    """Each kind of target is a sentence of its own."""
    rows = [made.target(1, 2, group="student", measure=measure, period="2023") for measure in ("nominated", "admitted")]
    with pytest.raises(ValueError, match="một loại chỉ tiêu"):
        sentences.attainment(made.targets(*rows))


def case(extra, needed, verdict, **more):
    """Return one row as `measures.scenario` gives it."""
    row = {"group": "student", "period": "2024", "extra": extra, "planned": needed + 3, "done": 3, "needed": needed}
    return row | {"eligible": 29, "low": 2, "high": 15, "unpredicted": 0, "verdict": verdict, "known": True} | more


def test_supplementary_targets_beside_what_can_be_expected():
    """Above the range it is beyond what can be forecast; a forecast always stands as a range."""
    rows = [case(0, 7, "within"), case(4, 11, "within"), case(8, 15, "upper"), case(12, 19, "beyond")]
    rows += [case(30, 37, "beyond"), case(0, 0, "within"), case(4, 11, None, low=None, high=None)]
    rows += [case(5, 16, "open", unpredicted=4, known=False), case(5, 8, None) | {"needed": None}]
    assert sentences.scenario(made.frame(rows)) == [
        (
            "Học sinh, giữ chỉ tiêu đã giao: cần kết nạp thêm 7 em trong năm 2024, "
            "trong khoảng dự báo 90% (từ 2 đến 15 em)."
        ),
        (
            "Học sinh, phương án 1: bổ sung 4, cần kết nạp thêm 11 em trong năm 2024, "
            "trong khoảng dự báo 90% (từ 2 đến 15 em)."
        ),
        (
            "Học sinh, phương án 2: bổ sung 8, cần kết nạp thêm 15 em trong năm 2024, "
            "ở sát cận trên của khoảng dự báo 90% (từ 2 đến 15 em), khó đạt."
        ),
        (
            "Học sinh, phương án 3: bổ sung 12, cần kết nạp thêm 19 em trong năm 2024, "
            "vượt khả năng dự báo, trên khoảng dự báo 90% (từ 2 đến 15 em)."
        ),
        (
            "Học sinh, phương án 4: bổ sung 30, cần kết nạp thêm 37 em trong năm 2024, "
            "nhiều hơn số còn có thể kết nạp (29 em), vượt khả năng dự báo."
        ),
        "Học sinh, giữ chỉ tiêu đã giao: đã kết nạp 3/3 em, không cần thêm.",
        (
            "Học sinh, phương án 5: bổ sung 4, cần kết nạp thêm 11 em trong năm 2024, "
            "chưa đủ số liệu để dự báo có đạt được hay không."
        ),
        (
            "Học sinh, phương án 6: bổ sung 5, cần kết nạp thêm 16 em trong năm 2024, trên khoảng dự báo 90% "
            "(từ 2 đến 15 em), chưa kể 4 em thuộc khóa chưa đủ thời gian theo dõi."
        ),
        (
            "Học sinh, phương án 7: bổ sung 5, chưa có số liệu kết nạp năm 2024, "
            "chưa đủ số liệu để dự báo có đạt được hay không."
        ),
    ]


def test_an_option_says_what_each_school_would_be_given_where_a_line_holds_it():
    """Few schools are named; many are left to the table. After a forecast the range is not said again."""
    frame = made.frame([case(4, 11, "within")])
    few = {"a": 3, "b": 1}
    assert sentences.scenario(frame, NAMES, {4: few}, brief=True) == [
        "Học sinh, phương án 1: bổ sung 4 (THPT A 3, THPT B 1), cần thêm 11 em, trong khoảng dự báo."
    ]
    many = {f"t{place}": 1 for place in range(6)}
    assert "(" not in sentences.scenario(frame, NAMES, {4: many}, brief=True)[0]


def test_how_a_supplementary_target_is_shared_out():
    """In the order of the schools; a tie is said, not hidden."""
    rows = [{"school": school, "n": n, "tied": tied} for school, n, tied in (("a", 2, False), ("b", 1, True))]
    frame = made.frame([*rows, {"school": "d", "n": 0, "tied": True}])
    assert sentences.allocation(frame, NAMES) == (
        "Phương án phân bổ 3 chỉ tiêu bổ sung: Trường THPT A: 2, Trường THPT B: 1, Trường THPT D: 0; "
        "chỉ tiêu cuối cùng có thể giao cho Trường THPT B hoặc Trường THPT D."
    )


def test_which_schools_sent_a_plan():
    """A school counts once, whatever it planned."""
    told = zip("abcca", (True, True, False, False, False), strict=True)
    rows = [{"school": school, "period": "2024", "sent": sent} for school, sent in told]
    frame = made.frame(rows)
    assert sentences.plans(frame, NAMES) == "Đã gửi kế hoạch: 2/3 trường; chưa gửi: Trường THPT C."
    assert sentences.plans(frame[frame["sent"]], NAMES) == "Đã gửi kế hoạch: đủ 2/2 trường."
    assert sentences.plans(frame.iloc[:0], NAMES) == "Kế hoạch của các trường: chưa có số liệu."


# --- cohorts ------------------------------------------------------------------------------------------------------


def cohorts(*rows):
    """Return rows as `measures.cohort_table` gives them, from (cohort, trained, admitted)."""
    told = [{"group": "student", "cohort": year, "trained": n, "admitted": x} for year, n, x in rows]
    return made.frame([row | {"last_period": "2024", "partial": True} for row in told])


def test_the_share_admitted_of_three_courses():
    """The sentence of the conference's first page."""
    frame = cohorts(("2021", 38, 9), ("2022", 52, 9), ("2023", 69, 7))
    assert sentences.cohorts(frame, as_of=AS_OF) == (
        "Học sinh, 3 khóa từ 2021 đến 2023, tính đến 14-3-2024: kết nạp 25/159 em, bằng 15,7% "
        "(khoảng tin cậy 95%: từ 10,9% đến 22,2%)."
    )
    assert sentences.cohorts(cohorts(("2021", 8, 1))) == "Học sinh, khóa 2021, tính đến hết năm 2024: kết nạp 1/8 em."


def test_conversion_is_an_estimate_with_its_people():
    """The last year wholly observed; too few admissions give counts only."""
    frame = made.conversion({"2021": (38, [2, 4])}, [(159, 7, 0.044, 0.02, 0.089), (90, 14, 0.156, 0.095, 0.245)])
    assert sentences.conversion(frame) == (
        "Học sinh, tỷ lệ được kết nạp của từng khóa học: đến hết năm thứ nhất sau năm mở lớp ước tính 15,6% "
        "(khoảng tin cậy 95%: từ 9,5% đến 24,5%); riêng các khóa đã theo dõi đến đó: 14/90 em."
    )
    few = made.conversion({}, [(28, 3, math.nan, math.nan, math.nan)], method="counts")
    assert sentences.conversion(few) == (
        "Học sinh, tỷ lệ được kết nạp của từng khóa học: mới có 3/28 em, quá ít để kết luận."
    )


def cohort_check(**more):
    """Return one row as `measures.cohort_test` gives it."""
    row = {"group": "student", "cohorts": 3, "p_value": 0.02, "differ": True, "last_cohort": "2022", "last_k": 1}
    row |= {"last_trained": 52, "last_admitted": 9, "last_rate": 0.173, "last_low": 0.0938, "last_high": 0.2972}
    return made.frame([row | more])


def test_courses_that_differ_make_the_pooled_figure_a_reference_only():
    """Then the last course observed long enough speaks."""
    assert sentences.cohorts_differ(cohort_check()) == (
        "Học sinh: các khóa khác nhau rõ, số gộp chỉ để tham khảo; khóa 2022 đến hết năm thứ nhất sau năm mở lớp "
        "kết nạp 9/52 em, bằng 17,3% (khoảng tin cậy 95%: từ 9,4% đến 29,7%)."
    )
    assert sentences.cohorts_differ(cohort_check(differ=False)) == "Học sinh: chưa thấy 3 khóa khác nhau rõ."
    assert sentences.cohorts_differ(cohort_check(p_value=math.nan)) == (
        "Học sinh: chưa đủ hai khóa đã theo dõi hết năm mở lớp để so sánh."
    )


def test_without_cohorts_only_bounds():
    """What cannot be known is said."""
    row = {"group": "student", "period": None, "trained": 159, "admitted": 25, "same_low": 10, "same_high": 25}
    frame = made.frame([row | {"low": 0.063, "high": 0.157}])
    assert sentences.conversion_bounds(frame) == (
        "Học sinh: báo cáo không tách theo khóa nên chỉ biết trong 159 em đã hoàn thành lớp, "
        "số đã được kết nạp từ 10 đến 25 em (từ 6,3% đến 15,7%)."
    )


def forecast(**more):
    """Return the row of all cohorts together as `measures.prediction` gives it."""
    row = {"group": "student", "period": "2024", "cohort": None, "done": 3, "expected": 7.8, "low": 2, "high": 15}
    return made.frame([row | {"known": True, "unpredicted": 0} | more])


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            {},
            (
                "dự báo đến hết năm 2024 kết nạp thêm từ 2 đến 15 em (khoảng dự báo 90%, trung bình 7,8), "
                "ngoài 3 em đã kết nạp; không phải là chỉ tiêu."
            ),
        ),
        ({"low": 0, "high": 0, "expected": 0.0}, "dự báo không kết nạp thêm em nào đến hết năm 2024."),
        (
            {"low": 1, "high": 1, "expected": 1.0, "done": 0},
            ("dự báo đến hết năm 2024 kết nạp thêm 1 em (khoảng dự báo 90%, trung bình 1,0); không phải là chỉ tiêu."),
        ),
        ({"known": False, "low": None, "high": None}, "chưa đủ số liệu theo khóa để dự báo."),
        ({"known": False, "low": 0, "high": 0}, "chưa đủ số liệu theo khóa để dự báo."),
        (
            {"known": False, "unpredicted": 4},
            (
                "dự báo đến hết năm 2024 kết nạp thêm từ 2 đến 15 em (khoảng dự báo 90%, trung bình 7,8), "
                "ngoài 3 em đã kết nạp, chưa kể khóa chưa đủ thời gian theo dõi (4 em); không phải là chỉ tiêu."
            ),
        ),
    ],
)
def test_a_forecast_is_a_range_and_no_promise(more, expected):
    """The range is the message; without observed cohorts there is none."""
    assert sentences.prediction(forecast(**more)) == f"Học sinh: {expected}"


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (
            made.waiting(194, 25, 96, dossier=9, age_18=29, mentored=40),
            (
                "Học sinh: trong 194 em đã hoàn thành lớp, 25 đã kết nạp; 96 đã ra trường hoặc chuyển trường khi chưa "
                "kết nạp, chưa rõ kết quả ở nơi mới; 73 còn trong nguồn. Trong số chưa kết nạp: 29 đủ 18 tuổi, "
                "9 đang làm hồ sơ. Đã phân công đảng viên giúp đỡ 40 em."
            ),
        ),
        (
            made.waiting(43, 17, 2, group="staff", expired=1, waiting=23),
            (
                "CBGVNV: trong 43 người đã hoàn thành lớp, 17 đã kết nạp; 2 đã chuyển công tác khi chưa kết nạp; "
                "1 có giấy chứng nhận hết giá trị, phải học lại; 23 còn trong nguồn."
            ),
        ),
        (
            made.waiting(194, 25, None),
            (
                "Học sinh: trong 194 em đã hoàn thành lớp, 25 đã kết nạp; nhiều nhất 169 còn trong nguồn "
                "(chưa có số ra trường, chuyển đi)."
            ),
        ),
        (
            made.waiting(194, 25, None, partly=True),
            (
                "Học sinh: trong 194 em đã hoàn thành lớp, 25 đã kết nạp; chưa rõ còn bao nhiêu trong nguồn, vì có kỳ "
                "chưa có số hoàn thành lớp."
            ),
        ),
        (
            made.waiting(194, 25, 96, known=3),
            (
                "Học sinh: trong 194 em đã hoàn thành lớp, 25 đã kết nạp; 96 đã ra trường hoặc chuyển trường khi chưa "
                "kết nạp, chưa rõ kết quả ở nơi mới; 73 còn trong nguồn (tính ở 3/4 trường có số ra trường, chuyển đi)."
            ),
        ),
        (
            made.waiting(10, 13, 0),
            (
                "Học sinh: số đã học, chưa kết nạp tính ra âm 3 em, vì có người đã học trước kỳ này; "
                "cần bổ sung số đã học của các năm trước."
            ),
        ),
        (made.waiting(0, 0, 0), "Học sinh: chưa em nào hoàn thành lớp."),
    ],
)
def test_what_became_of_the_people_trained(frame, expected):
    """Left is not lost; what was never reported is bounded; a negative pool is a finding."""
    assert sentences.waiting(frame, NAMES) == expected


# --- schools beside each other ------------------------------------------------------------------------------------

INSIDE = [
    ("a", 9, 50, 0.06, 0.28, "inside", False),
    ("b", 7, 43, 0.05, 0.30, "inside", False),
    ("d", 2, 28, 0.00, 0.32, "inside", False),
]


def test_schools_within_chance_are_not_ranked():
    """The set phrase, with how many people stand behind it."""
    assert sentences.comparison(made.comparison(INSIDE), NAMES) == (
        "Học sinh: chênh lệch giữa 3 trường nằm trong mức dao động ngẫu nhiên (n = 28–50); "
        "không dùng để xếp hạng hoặc đánh giá thi đua."
    )


def test_a_school_outside_is_named_with_what_chance_alone_would_do():
    """How many would be outside anyway stands beside it; one too small is not judged."""
    rows = [*INSIDE[:2], ("c", 20, 38, 0.05, 0.31, "above", True), ("d", 2, 7, 0.0, 0.6, None, False)]
    assert sentences.comparison(made.comparison(rows), NAMES, Chance(0.1, 0.08)) == (
        "Học sinh: trên giới hạn 95% do ngẫu nhiên là Trường THPT C (20/38 em, bằng 52,6%); "
        "khó giải thích chỉ bằng ngẫu nhiên là Trường THPT C; riêng ngẫu nhiên cũng có thể đưa trung bình 0,1 trong "
        "3 trường ra ngoài giới hạn này; 2 trường còn lại trong mức dao động ngẫu nhiên; chưa đủ số liệu để xét "
        "Trường THPT D; không dùng để xếp hạng hoặc đánh giá thi đua."
    )


def test_too_few_to_compare_is_a_result():
    """No school that could be judged."""
    frame = made.comparison([("a", 1, 5, math.nan, math.nan, None, False)])
    assert sentences.comparison(frame, NAMES) == "Học sinh: chưa đủ số liệu để so sánh các trường."
    assert sentences.own_school(frame, NAMES) == (
        "Trường THPT A: kết nạp 1/5 em; chung các trường 1/5 em; chưa đủ số liệu để so sánh."
    )


def test_a_school_s_own_report_names_no_other_school():
    """With four schools its place among them would be a ranking."""
    frame = made.comparison(INSIDE)
    assert sentences.own_school(frame[frame["school"] == "d"], NAMES) == (
        "Trường THPT D: kết nạp 2/28 em, bằng 7,1%; chung các trường 18/121 em, bằng 14,9%; "
        "chênh lệch nằm trong mức dao động ngẫu nhiên (từ 0,0% đến 32,0% với 28 em)."
    )


def test_how_much_would_be_noticed_is_said_in_words():
    """No difference seen is not no difference."""
    assert sentences.power(0.48, 15, 0.45, 0.16) == (
        "Nếu một trường có 15 em thật sự đạt 45% trong khi các trường khác 16%, cách so sánh này nhận ra khoảng "
        "48 lần trong 100 lần; không thấy khác biệt không có nghĩa là các trường như nhau."
    )
    assert "nhận ra dưới 1 lần trong 100 lần" in sentences.power(0.001, 15, 0.2, 0.16)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (
            Overdispersion(4, False, math.nan, math.nan),
            "Chưa đủ số trường để đánh giá mức chênh lệch chung (hiện có 4 trường).",
        ),
        (
            Overdispersion(30, True, 2.31, 0.004),
            "Nhìn chung, các trường chênh nhau nhiều hơn mức ngẫu nhiên (hệ số phân tán 2,3; p = 0,004).",
        ),
        (
            Overdispersion(30, True, 0.9, 0.6),
            "Nhìn chung, chưa thấy các trường chênh nhau quá mức ngẫu nhiên (hệ số phân tán 0,9; p = 0,600).",
        ),
        (
            Overdispersion(30, True, math.nan, math.nan),
            "Chưa đủ số liệu để đánh giá mức chênh lệch chung của 30 trường.",
        ),
    ],
)
def test_whether_schools_as_a_whole_differ(result, expected):
    """Below ten schools it cannot be told."""
    assert sentences.overdispersion(result) == expected
