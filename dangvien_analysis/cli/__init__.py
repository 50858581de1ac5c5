"""The `dangvien` command: thin, in Vietnamese, quick to start (heavy packages are imported where they are used)."""

import sys
from collections.abc import Sequence

from dangvien_analysis.cli import check, form, load, new, report, status, tally
from dangvien_analysis.cli.parser import FAILED, NOT_STARTED, Parser
from dangvien_analysis.console import use_utf8, warn

COMMANDS = (new, form, tally, check, load, status, report)  # in the order in which the help lists them


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
    for command in COMMANDS:
        command.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
