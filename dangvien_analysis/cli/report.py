"""`dangvien report` and `dangvien run`: read what changed, then make the reports."""

import argparse
from pathlib import Path

from dangvien_analysis.cli.load import save
from dangvien_analysis.cli.parser import DONE, FAILED, Parser, add_command, add_strict
from dangvien_analysis.console import Progress, say, warn

DEFAULT_NOTEBOOK = "conference_report"


def add(commands) -> None:
    """Declare the two commands."""
    _add_report_options(add_command(commands, "report", "Làm báo cáo HTML và PDF từ sổ tay phân tích.", _report))
    help_text = "Đọc rồi làm báo cáo; không có gì mới thì không làm lại."
    _add_report_options(add_command(commands, "run", help_text, _run))


def _add_report_options(parser: Parser) -> None:
    add = parser.options.add_argument
    add("--notebook", metavar="SỔ", action="append", help=f"sổ tay cần chạy, dùng được nhiều lần ({DEFAULT_NOTEBOOK})")
    add("--school", metavar="MÃ", help="mã trường, nếu chỉ làm cho trường đó; nhiều mã cách nhau bằng dấu phẩy")
    add("-p", dest="parameters", metavar="TÊN=GIÁ_TRỊ", action="append", default=[], help="tham số của sổ tay")
    add("--format", dest="formats", metavar="DẠNG", default="html,pdf", help="html, pdf hoặc cả hai (html,pdf)")
    add("--out", metavar="THƯ_MỤC", type=Path, help="nơi ghi báo cáo (reports/<bộ số liệu>)")
    add_strict(parser)


def _report(asked: argparse.Namespace) -> int:
    return _load_and_report(asked, again=True)


def _run(asked: argparse.Namespace) -> int:
    return _load_and_report(asked, again=False)


def _load_and_report(asked: argparse.Namespace, again: bool) -> int:
    """Read what changed, then make the reports; everything asked for is looked at before anything is written."""
    from dangvien_analysis import overview, report, store
    from dangvien_analysis.loading import current_returns

    returns = current_returns(asked.name, progress=Progress("Đang đọc"))
    formats = [part.strip() for part in asked.formats.split(",") if part.strip()]
    notebooks = asked.notebook or [DEFAULT_NOTEBOOK]
    plans = [report.plan(returns, notebook, _values(asked), formats, asked.out) for notebook in notebooks]
    if not store.is_current(returns.collection):
        save(returns)
    made = [_make(planned) for planned in plans if again or not planned.is_made()]
    if not made:
        say("Số liệu và tham số không thay đổi: báo cáo lần trước vẫn dùng được.")
    for path in _made_files(plans):
        say(str(path))
    failed = not all(made) or (asked.strict and overview.has_errors(returns))
    return FAILED if failed else DONE


def _made_files(plans: list) -> list[Path]:
    """Return the files of the reports that are there, the index page they share last."""
    files = [path for planned in plans if planned.is_made() for path in planned.files()]
    return list(reversed(dict.fromkeys(reversed(files))))


def _make(planned) -> bool:
    """Make one report; that one fails does not keep the others from being made."""
    from dangvien_analysis import report

    warn(f"Đang làm báo cáo {planned.entry.stem} …")
    try:
        report.make(planned)
    except report.NotebookError as error:
        warn(str(error))
        return False
    return True


def _values(asked: argparse.Namespace) -> dict[str, str]:
    from dangvien_analysis.settings import SettingsError

    values = {"schools": asked.school} if asked.school else {}
    for given in asked.parameters:
        name, equals, value = given.partition("=")
        if not equals:
            raise SettingsError(f"Tham số «{given}» phải viết dạng tên=giá trị, thí dụ -p period_from=2022.")
        if name == "collection":
            raise SettingsError("Tên bộ số liệu viết ngay sau lệnh, không viết bằng -p collection=….")
        values[name.strip()] = value.strip()
    return values
