"""The numbers that the Party's rules lay down, each with the days on which it holds.

Numbers of instruments come back ("01-HD/TW" was given in 2021 and again in 2026), so each is cited with its date.
Where an instrument does not say when it comes into force, it is taken to hold from its date.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from dangvien_analysis import periods
from dangvien_analysis.settings.model import Break, SettingsError


class Rule(NamedTuple):
    """One number of the rules: `value` in the unit its name says (months, years of age, working days)."""

    name: str
    value: int
    valid_from: date
    valid_to: date | None  # the last day, None while nothing later is known
    source: str


STATUTES = "Điều lệ Đảng (Đại hội XI thông qua ngày 19-01-2011), Điều 5"
QD_24 = "Quy định 24-QĐ/TW ngày 30-7-2021"
HD_01 = "Hướng dẫn 01-HD/TW ngày 28-9-2021"
QD_232 = "Quy định 232-QĐ/TW ngày 20-01-2025"
QD_294 = "Quy định 294-QĐ/TW ngày 26-5-2025"
HD_06 = "Hướng dẫn 06-HD/TW ngày 09-6-2025"
QD_20 = "Quy định 20-QĐ/TW ngày 08-4-2026"
QD_208 = "Quy định 208-QĐ/TW ngày 26-7-2026"

# Hướng dẫn 01-HD/TW of 19-5-2026 has not been read: the months that the guidance before it gives are carried on.
RULES = (
    Rule("certificate_months", 60, date(2021, 9, 28), date(2025, 6, 8), HD_01),
    Rule("certificate_months", 60, date(2025, 6, 9), None, HD_06),
    Rule("dossier_months", 12, date(2021, 9, 28), None, HD_01),
    Rule("minimum_age", 18, date(2021, 7, 30), date(2025, 1, 19), QD_24),
    Rule("minimum_age", 18, date(2025, 1, 20), date(2025, 6, 30), QD_232),
    Rule("minimum_age", 18, date(2025, 7, 1), date(2026, 4, 7), QD_294),
    Rule("minimum_age", 18, date(2026, 4, 8), date(2026, 7, 25), QD_20),
    Rule("minimum_age", 18, date(2026, 7, 26), None, QD_208),
    Rule("maximum_age", 60, date(2021, 7, 30), date(2025, 1, 19), QD_24),
    Rule("maximum_age", 60, date(2025, 1, 20), date(2025, 6, 30), QD_232),
    Rule("maximum_age", 60, date(2025, 7, 1), date(2026, 4, 7), QD_294),
    Rule("maximum_age", 60, date(2026, 4, 8), date(2026, 7, 25), QD_20),
    Rule("maximum_age", 60, date(2026, 7, 26), None, QD_208),
    Rule("probation_months", 12, date(2011, 1, 19), date(2025, 6, 30), STATUTES),
    Rule("probation_months", 12, date(2025, 7, 1), date(2026, 7, 25), QD_294),
    Rule("probation_months", 12, date(2026, 7, 26), None, QD_208),
    Rule("ceremony_days", 30, date(2025, 7, 1), date(2026, 7, 25), QD_294),  # from when the decision is received
    Rule("ceremony_days", 30, date(2026, 7, 26), None, QD_208),  # from when the decision is issued
)

# The same everywhere, so that no office has to write it down; what only one office knows stands in its [[breaks]].
NATIONAL_BREAKS = (Break(date(2025, 7, 1), "tổ chức lại, không còn cấp huyện"),)  # QD_294


def breaks_within(own: Iterable[Break], shown: Iterable[str]) -> tuple[Break, ...]:
    """Return the breaks, the country's and `own`, that fall within a run of periods, in order of time."""
    shown = list(shown)
    if not shown:
        return ()
    first, last = min(map(periods.start_date, shown)), max(map(periods.end_date, shown))
    return tuple(sorted((b for b in {*NATIONAL_BREAKS, *own} if first < b.day <= last), key=lambda b: (b.day, b.text)))


def find_rule(name: str, on: date) -> Rule:
    """Return the rule that holds on a day, with the instrument it comes from."""
    rows = [row for row in RULES if row.name == name]
    if not rows:
        known = ", ".join(dict.fromkeys(row.name for row in RULES))
        raise SettingsError(f"Không có tham số quy định «{name}»; các tham số hiện có: {known}.")
    for row in rows:
        if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
            return row
    first = min(row.valid_from for row in rows)
    raise SettingsError(
        f"Chưa có quy định về «{name}» cho ngày {on:%d-%m-%Y}; bảng quy định bắt đầu từ ngày {first:%d-%m-%Y}."
    )


def rule(name: str, on: date) -> int:
    """Return the number that the rules lay down on a day, for example 60 for "certificate_months"."""
    return find_rule(name, on).value
