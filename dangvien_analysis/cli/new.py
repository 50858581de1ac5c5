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
    name, old = _typed(asked.name), _typed(asked.old or "")
    say(f"Đã tạo {path}")
    if asked.old:
        say("Việc tiếp theo: mở tệp đó, sửa title và periods cho đợt này, ghi as_of và deadline mới (bỏ dấu # ở đầu")
        say("dòng), xem lại danh sách trường (đổi tên, sáp nhập, trường mới). Sau đó:")
        say(f"  gửi mẫu cho trường, có in số đợt trước bên cạnh: dangvien form {name} --last {old}")
    else:
        say("Việc tiếp theo: mở tệp đó, điền tên cơ quan, kỳ báo cáo, các trường. Sau đó:")
        say(f"  gửi mẫu cho trường, nếu muốn: dangvien form {name}")
    say(f"  khi trường gửi báo cáo: chép các tệp Excel vào {path.parent}, rồi chạy: dangvien load {name}")
    return DONE


def _typed(name: str) -> str:
    """Return a name as it must be typed in a command."""
    return f'"{name}"' if " " in name else name
