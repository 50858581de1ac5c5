"""What the office asks of every school: few numbers, such as a clerk finds in ten minutes.

Each wording is one that the vocabulary reads; what it means stands in the vocabulary too.
"""

from typing import NamedTuple

SECTIONS = {"student": "HỌC SINH", "staff": "CÁN BỘ, GIÁO VIÊN, NHÂN VIÊN"}


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

COUNTS = {
    "student": (
        Question("Số học sinh cuối kỳ", "headcount", stock=True),
        Question("Trong đó: lớp 12", "headcount", "grade_12", stock=True),
        Question(_SENT, "nominated"),
        Question(_FEMALE, "nominated", "female"),
        Question("Trong đó: do Đoàn Thanh niên giới thiệu", "nominated", "via_youth_union"),
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
        Question("Trong đó: do Công đoàn giới thiệu", "nominated", "via_trade_union"),
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

TARGETS = (
    Question(_SENT, "nominated"),
    Question(_MENTORED, "mentored"),
    Question(_PROPOSED, "proposed"),
    Question(_ADMITTED, "admitted"),
)
UNIONS = (
    ("Trong đó: do Đoàn Thanh niên giới thiệu", "via_youth_union"),
    ("Trong đó: do Công đoàn giới thiệu", "via_trade_union"),
)
