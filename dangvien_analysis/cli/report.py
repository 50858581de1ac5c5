"""`dangvien report` and `dangvien run`: read what changed, then make the reports."""

import argparse
from pathlib import Path

from dangvien_analysis.cli.load import save
from dangvien_analysis.cli.parser import DONE, FAILED, Parser, add_command, add_strict
from dangvien_analysis.console import Progress, say, warn

DEFAULT_NOTEBOOK = "conference_report"
LISTED = 5  # reports whose files are listed one by one; the index page leads to all


def add(commands) -> None:
    """Declare the two commands."""
    _add_report_options(add_command(commands, "report", "Làm báo cáo HTML và PDF từ sổ tay phân tích.", _report))
    help_text = "Đọc rồi làm báo cáo; không có gì mới thì không làm lại."
    _add_report_options(add_command(commands, "run", help_text, _run))


def _add_report_options(parser: Parser) -> None:
    add = parser.options.add_argument
    add("--notebook", metavar="SỔ", action="append", help=f"sổ tay cần chạy, dùng được nhiều lần ({DEFAULT_NOTEBOOK})")
    add("--school", metavar="MÃ", help="mã trường, nếu chỉ làm cho trường đó; nhiều mã cách nhau bằng dấu phẩy")
    add("--each-school", action="store_true", help="làm riêng cho từng trường của bộ số liệu")
    add("--public", action="store_true", help="bản công bố: che các số nhỏ, được gửi ra ngoài cơ quan")
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
    from dangvien_analysis import overview, store
    from dangvien_analysis.loading import current_returns

    returns = current_returns(asked.name, progress=Progress("Đang đọc"))
    formats = [part.strip() for part in asked.formats.split(",") if part.strip()]
    notebooks = asked.notebook or [DEFAULT_NOTEBOOK]
    plans = [planned for notebook in notebooks for planned in _plans(returns, notebook, formats, asked)]
    if not store.is_current(returns.collection):
        save(returns)
    wanted = [planned for planned in plans if again or not planned.is_made()]
    failed = _make_all(wanted)
    if not wanted:
        say("Số liệu và tham số không thay đổi: báo cáo lần trước vẫn dùng được.")
    for path in _made_files(plans):
        say(str(path))
    return FAILED if failed or (asked.strict and overview.has_errors(returns)) else DONE


def _plans(returns, notebook: str, formats: list[str], asked: argparse.Namespace) -> list:
    """Plan one report, or one for each school where that was asked for or is what the notebook is for."""
    from dangvien_analysis import execution, report

    values = _values(asked)
    each = asked.each_school or execution.is_per_school(execution.find_notebook(notebook))
    make_plans = report.plan_each if each else lambda *given: [report.plan(*given)]
    return make_plans(returns, notebook, values, formats, asked.out)


def _make_all(plans: list) -> bool:
    """Make the reports, tell of each that failed, and return whether there was one."""
    from dangvien_analysis import batch

    if len(plans) == 1:
        warn(f"Đang làm báo cáo {plans[0].entry.stem} …")
    progress = Progress("Đã làm báo cáo") if len(plans) > 1 else None
    failed = batch.make_all(plans, progress)
    for message in failed.values():
        warn(message)
    return bool(failed)


def _made_files(plans: list) -> list[Path]:
    """Return the files of the reports that are there, the index page they share last; of many the index page alone."""
    made = [planned for planned in plans if planned.is_made()]
    if len(made) > LISTED:
        return list(dict.fromkeys(planned.files()[-1] for planned in made))
    files = [path for planned in made for path in planned.files()]
    return list(reversed(dict.fromkeys(reversed(files))))


def _values(asked: argparse.Namespace) -> dict[str, str]:
    from dangvien_analysis.settings import SettingsError

    values = {"schools": asked.school} if asked.school else {}
    values |= {"public": True} if asked.public else {}
    for given in asked.parameters:
        name, equals, value = given.partition("=")
        if not equals:
            raise SettingsError(f"Tham số «{given}» phải viết dạng tên=giá trị, thí dụ -p period_from=2022.")
        if name == "collection":
            raise SettingsError("Tên bộ số liệu viết ngay sau lệnh, không viết bằng -p collection=….")
        values[name.strip()] = value.strip()
    return values
