"""What the office asks of every school: few numbers, such as a clerk finds in ten minutes.

Each wording is one that the vocabulary reads; what it means stands in the vocabulary too.
"""

from typing import NamedTuple


class Question(NamedTuple):
    """A row of the counts sheet; `stock`: as at the period's end, so that periods are never added."""

    text: str
    measure: str
    breakdown: str = "total"
    stock: bool = False


_SENT = "Được giới thiệu, cử đi học lớp bồi dưỡng nhận thức về Đảng"
_TRAINED = "Hoàn thành lớp, được cấp giấy chứng nhận"
_MENTORED = "Được phân công đảng viên giúp đỡ"
_PROPOSED = "Được chi bộ xét, đề nghị kết nạp"
_ADMITTED = "Được kết nạp"
_FEMALE = "Trong đó: nữ"
_BY_YOUTH_UNION = "Trong đó: do Đoàn Thanh niên giới thiệu"
_BY_TRADE_UNION = "Trong đó: do Công đoàn giới thiệu"

COUNTS = {
    "student": (
        Question("Số học sinh cuối kỳ", "headcount", stock=True),
        Question("Trong đó: lớp 12", "headcount", "grade_12", stock=True),
        Question(_SENT, "nominated"),
        Question(_FEMALE, "nominated", "female"),
        Question(_BY_YOUTH_UNION, "nominated", "via_youth_union"),
        Question(_TRAINED, "trained"),
        Question(_MENTORED, "mentored"),
        Question(_PROPOSED, "proposed"),
        Question(_ADMITTED, "admitted"),
        Question(_FEMALE, "admitted", "female"),
        Question("Trong đó: người dân tộc thiểu số", "admitted", "ethnic_minority"),
        Question("Ra trường, chuyển trường khi chưa kết nạp", "departed"),
        Question("Nguồn kết nạp cuối kỳ", "source", stock=True),
        Question("Trong đó: đủ 18 tuổi", "source", "age_18", stock=True),
        Question("Hồ sơ đang hoàn thiện cuối kỳ", "dossier", stock=True),
    ),
    "staff": (
        Question("Số cán bộ, giáo viên, nhân viên cuối kỳ", "headcount", stock=True),
        Question("Số đảng viên cuối kỳ", "party_members", stock=True),
        Question(_SENT, "nominated"),
        Question(_FEMALE, "nominated", "female"),
        Question(_BY_TRADE_UNION, "nominated", "via_trade_union"),
        Question(_TRAINED, "trained"),
        Question(_MENTORED, "mentored"),
        Question(_PROPOSED, "proposed"),
        Question(_ADMITTED, "admitted"),
        Question(_FEMALE, "admitted", "female"),
        Question("Được công nhận đảng viên chính thức", "confirmed"),
        Question("Chuyển công tác khi chưa kết nạp", "departed"),
        Question("Giấy chứng nhận hết giá trị", "expired"),
        Question("Nguồn kết nạp cuối kỳ", "source", stock=True),
        Question("Hồ sơ đang hoàn thiện cuối kỳ", "dossier", stock=True),
    ),
}

# One main reason a person; the code is for speaking of it, the words are what is read.
REASONS = (
    "under_age",
    "left_school",
    "dossier_incomplete",
    "background_check",
    "background_obstacle",
    "awaiting_decision",
    "not_yet_qualified",
    "not_planned",
    "not_willing",
    "other",
)


class Target(NamedTuple):
    """A row of the plan; `split`: also asked of what each union introduces."""

    text: str
    measure: str
    split: bool = False


TARGETS = (
    Target(_SENT, "nominated", split=True),
    Target(_MENTORED, "mentored"),
    Target(_PROPOSED, "proposed"),
    Target(_ADMITTED, "admitted", split=True),
)
UNIONS = {
    "student": ((_BY_YOUTH_UNION, "via_youth_union"),),
    "staff": ((_BY_YOUTH_UNION, "via_youth_union"), (_BY_TRADE_UNION, "via_trade_union")),
}  # no pupil is in a trade union
