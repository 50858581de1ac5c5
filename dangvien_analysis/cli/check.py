"""`dangvien check`: looks returns over before they are accepted, and marks each school's own workbook for it."""

import argparse
from pathlib import Path

from dangvien_analysis.cli.parser import DONE, FAILED, Parser
from dangvien_analysis.console import Progress, say, warn


def add(commands) -> None:
    """Declare the command."""
    told = "Kiểm tra báo cáo trước khi nhận, trả lại từng trường chính tệp của trường với các ô cần sửa đã đánh dấu."
    parser: Parser = commands.add_parser("check", help=told, description=told)
    needed = parser.add_argument_group("cần có")
    needed.add_argument(
        "files", metavar="TỆP", nargs="+", type=Path, help="tệp báo cáo của các trường, hoặc cả thư mục"
    )
    parser.options.add_argument(
        "--collection", metavar="TÊN", help="bộ số liệu để đối chiếu, nếu tệp chưa nằm trong thư mục của nó"
    )
    parser.options.add_argument(
        "--out",
        metavar="THƯ_MỤC",
        type=Path,
        help="nơi ghi các tệp gửi lại (mặc định: reports/<bộ số liệu>/can-sua); tệp gốc không bao giờ bị ghi đè",
    )
    parser.set_defaults(run=_check)


def _check(asked: argparse.Namespace) -> int:
    from dangvien_analysis import periods
    from dangvien_analysis.marking import checking, incoming, verdicts

    groups = incoming.gather(asked.files, asked.collection)
    folders = [asked.out or incoming.default_folder(group) for group in groups]
    for folder in folders:
        incoming.refuse_to_overwrite(groups, folder)
    failed = False
    for group, folder in zip(groups, folders, strict=True):
        warn(verdicts.describe_context(group))
        found = checking.check(group, folder, periods.today(), Progress("Đang đọc"))
        for line in verdicts.describe_all(found, folder):
            say(line)
        failed |= any(one.count("error") or one.refused for one in found)
    return FAILED if failed else DONE
