"""Who has sent what, and when: the files of a collection with the schools they speak for."""

from datetime import date

import pandas as pd

from dangvien_analysis import listing, register, sentences, store
from dangvien_analysis.blocks import note, say, table
from dangvien_analysis.parameters import Parameters, known_schools
from dangvien_analysis.sections.places import places
from dangvien_analysis.sections.section import Section, instead_of
from dangvien_analysis.text import date_text, join_words, number

SHOWN_FILES = 60
NAMED_SCHOOLS = 3
NO_DAY = "chưa ghi"


def received(chosen: Parameters) -> Section:
    """List the files with whose numbers they hold, the day they first came, and how they could be read."""
    files = _of_chosen(chosen)
    if files.empty:
        return Section(instead_of(["table"], "Chưa nhận được tệp nào."))
    shown = files.head(SHOWN_FILES)
    names = sentences.names_of(chosen.returns.collection)
    owners = chosen.returns.counts.groupby("file")["school"].agg(lambda schools: list(dict.fromkeys(schools)))
    known = register.read_register(chosen.returns.collection)
    deadline = _deadline(chosen, known)
    days = [register.first_seen(known, row.file, row.sha256) for row in files.itertuples()]
    rows = shown.assign(
        school=[_whose(owners.get(file, []), names) for file in shown["file"]],
        day=[_day(day, deadline) for day in days[: len(shown)]],
        status=shown["status"].map(listing.STATUS_LABELS),
    )
    columns = ["file", "school", "day", "status", "counts", "errors", "warnings"]
    labels = {"day": "Ngày nhận", "status": "Tình trạng", "counts": "Số nhận được"}
    labels |= {"errors": "Lỗi", "warnings": "Cần xem lại"}
    more = f"Còn {number(len(files) - len(shown))} tệp nữa." if len(files) > len(shown) else ""
    block = table(rows[columns], "Các tệp đã nhận", labels, note=more)
    late = _late(days, deadline)
    return Section(say(late) if late else None, block)


def _of_chosen(chosen: Parameters) -> pd.DataFrame:
    files = chosen.returns.files
    if len(chosen.schools) == len(known_schools(chosen.returns)):
        return files
    return files[files["file"].isin(set(chosen.counts["file"]))].reset_index(drop=True)


def _whose(schools: list[str], names: dict[str, str]) -> str:
    if not schools:
        return "chưa rõ"
    if len(schools) > NAMED_SCHOOLS:
        return f"{number(len(schools))} {sentences.reporter(names)}"
    return join_words([sentences.name_of(school, names) for school in schools])


def _deadline(chosen: Parameters, known: register.Register) -> date | None:
    """Return the day by which returns were due; of invented ones none, for they came when somebody tried them."""
    collection = chosen.returns.collection
    return None if collection.illustrative else register.told_by(known, collection.deadline)


def _day(day: date | None, deadline: date | None) -> str:
    if day is None:
        return NO_DAY
    return date_text(day) + (" (sau hạn)" if deadline and day > deadline else "")


def _late(days: list[date | None], deadline: date | None) -> str:
    if not deadline:
        return ""
    known = [day for day in days if day is not None]
    if not known:
        return f"Hạn gửi {date_text(deadline)}; chưa ghi ngày nhận của tệp nào."
    late = sum(day > deadline for day in known)
    return f"Hạn gửi {date_text(deadline)}: {number(late)}/{number(len(known))} tệp nhận sau hạn."


def own_sources(school: Parameters) -> Section:
    """Name the files and sheets that a school's report was made from, in one small line."""
    told = places(school.counts.assign(cell="").drop_duplicates(["file", "sheet"]))
    version = f"Tính bằng dangvien-analysis {store.version()}, dấu nguồn "
    made = f"{version}{store.source_hash(school.returns.collection)[:12]}."
    return Section(note(f"Số liệu lấy từ: {told or 'chưa có tệp nào'}. {made}"))
