"""`dangvien status`: who has sent what, what is missing or wrong, what changed, and what to write to whom."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dangvien_analysis.cli.parser import DONE, add_command
from dangvien_analysis.console import Progress, say

if TYPE_CHECKING:
    from dangvien_analysis.store import Returns


def add(commands) -> None:
    """Declare the command."""
    help_text = "Cho biết trường nào đã gửi, còn thiếu, còn sai; không ghi gì vào thư mục số liệu."
    parser = add_command(commands, "status", help_text, _status)
    option = parser.options.add_argument
    option("--out", metavar="TỆP.xlsx", type=Path, help="ghi thêm bảng tình trạng thành tệp Excel để gửi đi")
    option(
        "--reminders",
        metavar="THƯ_MỤC",
        nargs="?",
        const="",
        help="in lời nhắc cho từng trường; nêu một thư mục thì ghi mỗi trường một tệp .txt vào đó",
    )
    option("--school", metavar="MÃ", help="chỉ in lời nhắc của một trường")


def _status(asked: argparse.Namespace) -> int:
    from dangvien_analysis import periods, status
    from dangvien_analysis.register import read_register
    from dangvien_analysis.store import stored_returns
    from dangvien_analysis.writing import write_whole

    today, returns = periods.today(), _returns(asked.name)
    collection, register = returns.collection, read_register(returns.collection)
    before = stored_returns(collection)
    changed = files = None
    if before is not None:
        changed, files = status.changes(before, returns), status.changed_files(before, returns)
    if asked.reminders is not None or asked.school:
        school = _known(asked.school, collection)
        _remind(status.reminders(returns, register, today), asked.reminders or "", school)
    else:
        _say_state(status, returns, register, today)
        _say_changes(status, changed, files, collection, returns.files.empty)
    if asked.out:
        content = status.status_workbook(returns, register, today, changed, files)
        say(f"Đã ghi: {write_whole(_named(asked.out), content)}")
    return DONE


def _say_state(status, returns: "Returns", register, today: date) -> None:
    state, collection = status.state_of_call(returns, register, today), returns.collection
    lines = status.state_lines(state, collection, today)
    for line in [*lines, *status.unplaced_lines(status.faults(returns), collection)]:
        say(line)


def _returns(name: str) -> "Returns":
    """Return what the files say now; a call to which nobody has answered yet has a state too."""
    from dangvien_analysis import checks
    from dangvien_analysis.frames import counts_frame, files_frame, findings_frame
    from dangvien_analysis.loading import current_returns
    from dangvien_analysis.settings import find_collection, workbook_files
    from dangvien_analysis.store import Returns

    collection = find_collection(name)
    if workbook_files(collection):
        return current_returns(name, progress=Progress("Đang đọc"))
    counts = counts_frame([])
    found = checks.run_checks(checks.Evidence(counts, collection))
    return Returns(counts, findings_frame(found), files_frame([]), collection)


def _say_changes(status, changed, files, collection, nothing_came: bool) -> None:
    if nothing_came:
        say(f"Chưa có tệp nào: chép các tệp Excel của trường vào {collection.folder}.")
        return
    if changed is None:
        say(f"Chưa nạp lần nào: chạy «dangvien load {collection.id}» để ghi sổ ngày nhận và lưu số liệu.")
        return
    for line in status.change_lines(changed, files, collection):
        say(line)
    if len(changed) or len(files):
        say(f"Chạy «dangvien load {collection.id}» để nạp các thay đổi này.")


def _known(school: str | None, collection) -> str | None:
    from dangvien_analysis.settings import SettingsError

    ids = {known.id.casefold(): known.id for known in collection.schools}
    if school and ids and school.casefold() not in ids:
        raise SettingsError(f"Không có trường «{school}»; các trường có: {', '.join(ids.values())}.")
    return ids.get(school.casefold(), school) if school else None


def _named(path: Path) -> Path:
    from dangvien_analysis.settings import SettingsError

    if path.suffix and path.suffix.casefold() != ".xlsx":
        raise SettingsError(f"Tệp «{path.name}» phải có đuôi .xlsx; thí dụ --out tinh-trang.xlsx.")
    return path.with_suffix(".xlsx")


def _remind(texts: dict[str, str], folder: str, school: str | None) -> None:
    from dangvien_analysis.writing import write_whole

    texts = {name: text for name, text in texts.items() if school in (None, name)}
    if not texts:
        say("Không có gì phải nhắc: đã nhận đủ và không còn điều nào phải sửa.")
    for place, (name, text) in enumerate(texts.items()):
        if folder:
            # A mark at the start: an old Notepad and Word then read the letters right.
            say(str(write_whole(Path(folder) / f"nhac-{name}.txt", text.replace("\n", "\r\n").encode("utf-8-sig"))))
        else:
            say(("=" * 72 + "\n" if place else "") + text.rstrip())
