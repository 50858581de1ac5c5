"""`dangvien form`: the blank returns of a collection, one workbook for each school."""

import argparse
from pathlib import Path

from dangvien_analysis.cli.parser import DONE, FAILED, add_command
from dangvien_analysis.console import say, warn


def add(commands) -> None:
    """Declare the command."""
    parser = add_command(commands, "form", "Làm biểu báo cáo trống cho từng trường của một bộ số liệu.", _form)
    add = parser.options.add_argument
    add("--school", metavar="MÃ", help="mã trường, nếu chỉ làm cho một trường")
    add("--last", metavar="TÊN", help="bộ số liệu đợt trước, để in số đã báo cáo bên cạnh")
    add("--out", metavar="THƯ_MỤC", type=Path, help="nơi ghi các biểu (reports/<bộ số liệu>/forms)")


def _form(asked: argparse.Namespace) -> int:
    from dangvien_analysis.forms.making import forms_folder, make_forms, plan_forms
    from dangvien_analysis.settings import SettingsError, find_collection

    collection = find_collection(asked.name)
    before = find_collection(asked.last) if asked.last else None
    planned = plan_forms(collection, asked.school, before)
    try:
        for path in make_forms(planned, asked.out or forms_folder(collection)):
            say(str(path))
    except SettingsError as error:
        warn(str(error))
        return FAILED
    say(f"Đã làm {len(planned)} biểu. Gửi cho mỗi trường đúng tệp của trường đó; khi nhận lại, chép vào")
    say(f"{collection.folder} rồi chạy: dangvien load {collection.id}")
    return DONE
