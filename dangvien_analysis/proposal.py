"""What a committee wants to try out: supplementary targets, what they are shared out by, and how few a school may get.

Options are asked for by people, never derived from a forecast: those of the notebook's parameters, else those that the
office wrote under [proposal] in `collection.toml`, else none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dangvien_analysis.measures import WEIGHTS
from dangvien_analysis.settings import Collection, SettingsError

TOTALS = {"total": "student", "total_staff": "staff"}
NAMES = (*TOTALS, "weights", "minimum")
MOST_OPTIONS = 5  # more cannot be compared at a glance
_SAYS = {
    "waiting": "số còn trong nguồn",
    "expected": "số có thể kết nạp theo dự báo",
    "eligible": "số đủ điều kiện tuổi",
    "even": "chia đều",
}


@dataclass(frozen=True)
class Proposal:
    """`totals` holds for each group the supplementary targets to try, in the order given, each above 0."""

    totals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    weights: str = "eligible"
    minimum: int = 0


def read(asked: Mapping[str, Any], collection: Collection) -> Proposal:
    """Check the parameters of a proposal, whatever types a runner made of them; `asked` may leave any out.

    Raises SettingsError, in Vietnamese, for a total that is none, a weight that does not exist, a minimum below 0.
    """
    totals = {group: _totals(name, asked.get(name, ""), collection) for name, group in TOTALS.items()}
    weights = str(asked.get("weights", "") or Proposal.weights).strip().casefold()
    if weights not in WEIGHTS:
        known = ", ".join(f"{name} ({_SAYS[name]})" for name in WEIGHTS)
        raise SettingsError(f"weights: không có căn cứ «{weights}»; chọn một trong: {known}.")
    return Proposal(totals, weights, _whole("minimum", asked.get("minimum", 0)))


def _totals(name: str, value: Any, collection: Collection) -> tuple[int, ...]:
    typed = "" if value is None else str(value)
    parts = value if isinstance(value, (list, tuple)) else typed.replace(";", ",").split(",")
    given = [part for part in parts if str(part).strip()]
    found = [_whole(name, part) for part in given] if given else list(collection.proposal.get(TOTALS[name], ()))
    options = tuple(dict.fromkeys(total for total in found if total))  # 0 is what is already given: always shown
    if len(options) > MOST_OPTIONS:
        raise SettingsError(f"{name}: có {len(options)} phương án; mỗi lần so sánh nhiều nhất {MOST_OPTIONS}.")
    return options


def _whole(name: str, value: Any) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not text.isascii() or not text.isdigit():
        raise SettingsError(f"{name}: «{text}» không phải là số nguyên không âm, ví dụ 4.")
    return int(text)
