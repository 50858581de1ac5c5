"""The `dangvien` command: thin, in Vietnamese, quick to start (heavy packages are imported where they are used).

Exit status: 0 done (findings are in the output, not in the status); 1 something asked for could not be made, or
`--strict` found errors; 2 could not start.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from dangvien_analysis.console import Progress, say, use_utf8, warn

DONE, FAILED, NOT_STARTED = 0, 1, 2
DEFAULT_NOTEBOOK = "conference_report"

# What argparse says in English about a command line it cannot read.
USAGE_ERRORS = (
    (r"the following arguments are required: (.*)", r"thiếu {0}"),
    (r"unrecognized arguments: (.*)", r"không hiểu «{0}»"),
    (r"argument (.*): invalid choice: '(.*?)' .*", r"không có lệnh «{1}»"),
    (r"argument (.*): expected (?:one|at least one) argument", r"{0} cần một giá trị đi kèm"),
    (r"argument (.*): (.*)", r"{0}: {1}"),
)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Vietnamese; argparse takes other languages only from installed catalogues."""

    def __init__(self, **kwargs) -> None:
        """Take what ArgumentParser takes; `options` is the group that options are added to."""
        super().__init__(add_help=False, allow_abbrev=False, **kwargs)
        self.options = self.add_argument_group("tùy chọn")
        self.options.add_argument("-h", "--help", action="help", help="in lời hướng dẫn này")

    def format_usage(self) -> str:
        """Return the usage line."""
        return super().format_usage().replace("usage:", "cách dùng:", 1)

    def format_help(self) -> str:
        """Return the help text."""
        return super().format_help().replace("usage:", "cách dùng:", 1)

    def error(self, message: str) -> None:
        """Say what is wrong with the command line and how it is written, and stop with status 2."""
        for pattern, words in USAGE_ERRORS:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                message = words.format(*found.groups())
                break
        warn(f"Lệnh viết chưa đúng: {message}.\n{self.format_usage().strip()}\nXem cách dùng: {self.prog} --help")
        self.exit(NOT_STARTED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    use_utf8()
    asked = _parser().parse_args(arguments)
    from dangvien_analysis.settings import SettingsError

    try:
        return asked.run(asked)
    except SettingsError as error:
        warn(str(error))
        return NOT_STARTED
    except KeyboardInterrupt:
        warn("Đã dừng theo yêu cầu; những gì làm xong trước đó vẫn giữ nguyên.")
        return FAILED


def _parser() -> Parser:
    parser = Parser(
        prog="dangvien",
        description="Từ báo cáo Excel của các trường về phát triển đảng viên đến số liệu đã kiểm tra và báo cáo.",
        epilog="Bắt đầu: dangvien report sample",
    )
    commands = parser.add_subparsers(title="các lệnh", metavar="LỆNH", required=True)
    _add_new(commands)
    _add_load(commands)
    _add_report(commands)
    _add_run(commands)
    return parser


def _add_command(commands, name: str, help_text: str, run) -> Parser:
    parser = commands.add_parser(name, help=help_text, description=help_text)
    needed = parser.add_argument_group("cần có")
    needed.add_argument("name", metavar="TÊN", help="tên bộ số liệu trong data/raw, hoặc đường dẫn tới thư mục của nó")
    parser.set_defaults(run=run)
    return parser


def _add_new(commands) -> None:
    parser = _add_command(commands, "new", "Mở một bộ số liệu mới, có thể theo mẫu của đợt trước.", _new)
    parser.options.add_argument("--from", dest="old", metavar="CŨ", help="bộ số liệu đợt trước để lấy cơ quan, trường")


def _add_load(commands) -> None:
    parser = _add_command(commands, "load", "Đọc các báo cáo của một bộ số liệu, nói rõ điều thiếu, điều sai.", _load)
    _add_strict(parser)


def _add_report(commands) -> None:
    _add_report_options(_add_command(commands, "report", "Làm báo cáo HTML và PDF từ sổ tay phân tích.", _report))


def _add_run(commands) -> None:
    help_text = "Đọc rồi làm báo cáo; không có gì mới thì không làm lại."
    _add_report_options(_add_command(commands, "run", help_text, _run))


def _add_strict(parser: Parser) -> None:
    parser.options.add_argument("--strict", action="store_true", help="kết thúc với mã 1 nếu có lỗi trong số liệu")


def _add_report_options(parser: Parser) -> None:
    add = parser.options.add_argument
    add("--notebook", metavar="SỔ", action="append", help=f"sổ tay cần chạy, dùng được nhiều lần ({DEFAULT_NOTEBOOK})")
    add("--school", metavar="MÃ", help="mã trường, nếu chỉ làm cho trường đó; nhiều mã cách nhau bằng dấu phẩy")
    add("-p", dest="parameters", metavar="TÊN=GIÁ_TRỊ", action="append", default=[], help="tham số của sổ tay")
    add("--format", dest="formats", metavar="DẠNG", default="html,pdf", help="html, pdf hoặc cả hai (html,pdf)")
    add("--out", metavar="THƯ_MỤC", type=Path, help="nơi ghi báo cáo (reports/<bộ số liệu>)")
    _add_strict(parser)


def _new(asked: argparse.Namespace) -> int:
    from dangvien_analysis.settings import new_collection

    path = new_collection(asked.name, asked.old)
    say(f"Đã tạo {path}")
    say(f"Việc tiếp theo: mở tệp đó điền tên cơ quan, kỳ báo cáo, các trường; chép báo cáo Excel vào {path.parent};")
    say(f"rồi chạy: dangvien load {asked.name}")
    return DONE


def _load(asked: argparse.Namespace) -> int:
    from dangvien_analysis import overview
    from dangvien_analysis.loading import load_returns

    returns = load_returns(asked.name, progress=Progress("Đang đọc"))
    _save(returns)
    return FAILED if asked.strict and overview.has_errors(returns) else DONE


def _save(returns) -> None:
    """Keep what was read and tell what it is; a read-only raw folder is only a warning."""
    from datetime import date

    from dangvien_analysis import overview
    from dangvien_analysis.loading import register_received

    returns.save()
    try:
        fresh = register_received(returns.collection, date.today())  # noqa: DTZ011 (the day on the office's wall)
    except OSError as error:
        fresh = []
        warn(
            f"Không ghi được sổ nhận báo cáo received.csv trong {returns.collection.folder} ({error.strerror}); "
            "ngày nhận của các tệp mới chưa được ghi lại."
        )
    for line in overview.describe(returns, fresh):
        say(line)


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
        _save(returns)
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


if __name__ == "__main__":
    sys.exit(main())
