"""`dangvien new`: a new collection, from nothing or from last year's."""

import argparse

from dangvien_analysis.cli.parser import DONE, add_command
from dangvien_analysis.console import say


def add(commands) -> None:
    """Declare the command."""
    parser = add_command(commands, "new", "Mở một bộ số liệu mới, có thể theo mẫu của đợt trước.", _new)
    parser.options.add_argument("--from", dest="old", metavar="CŨ", help="bộ số liệu đợt trước để lấy cơ quan, trường")


def _new(asked: argparse.Namespace) -> int:
    from dangvien_analysis.settings import new_collection

    path = new_collection(asked.name, asked.old)
    say(f"Đã tạo {path}")
    say(f"Việc tiếp theo: mở tệp đó điền tên cơ quan, kỳ báo cáo, các trường; chép báo cáo Excel vào {path.parent};")
    say(f"rồi chạy: dangvien load {asked.name}")
    return DONE
