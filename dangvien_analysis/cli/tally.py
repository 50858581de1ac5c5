"""`dangvien tally`: a list of people becomes a filled form of counts, on the machine where the list lies."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dangvien_analysis.cli.parser import DONE, FAILED
from dangvien_analysis.console import say, warn

if TYPE_CHECKING:
    from dangvien_analysis.forms import FormPlan
    from dangvien_analysis.settings import Collection
    from dangvien_analysis.tally import Tally

HELP = "Đếm một danh sách người thành biểu số liệu của một trường; không ghi lại tên ai."


def add(commands) -> None:
    """Declare the command."""
    parser = commands.add_parser("tally", help=HELP, description=HELP)
    needed = parser.add_argument_group("cần có")
    needed.add_argument("list", metavar="DANH_SÁCH", type=Path, help="tệp danh sách (Excel, LibreOffice)")
    needed.add_argument("--school", metavar="MÃ", required=True, help="mã trường")
    needed.add_argument("--out", metavar="TỆP", type=Path, required=True, help="biểu số liệu sẽ ghi (.xlsx)")
    add = parser.options.add_argument
    add("--collection", metavar="TÊN", help="bộ số liệu của biểu, nếu nhiều bộ có trường này")
    add("--group", choices=("student", "staff"), help="cả danh sách là học sinh (student) hay CBGVNV (staff)")
    add(
        "--column",
        metavar="CỘT=NỘI_DUNG",
        action="append",
        default=[],
        help='một cột ghi gì, thí dụ --column F="kết nạp" hoặc --column "Ngày học=cấp giấy chứng nhận"',
    )
    parser.set_defaults(run=_tally)


def _tally(asked: argparse.Namespace) -> int:
    from dangvien_analysis.forms import form_file, plan_form
    from dangvien_analysis.forms.making import find_school, put_form
    from dangvien_analysis.settings import SettingsError
    from dangvien_analysis.tally.telling import describe

    collection = _collection(asked)
    form = plan_form(collection, find_school(collection, asked.school))
    tally = _count(asked, collection, form)
    if tally is None or tally.counted is None:
        warn(tally.problem if tally else "Chưa đếm gì và chưa ghi tệp nào; hãy trả lời rồi chạy lại.")
        return FAILED
    try:
        put_form(asked.out, form_file(form, tally.counted.numbers))
    except SettingsError as error:
        warn(str(error))
        return FAILED
    for line in describe(tally.counted, tally.doubts):
        say(line)
    say(f"Đã ghi {asked.out}. Hãy mở biểu, xem lại, điền những số mà danh sách không có, rồi gửi.")
    return DONE


def _collection(asked: argparse.Namespace) -> "Collection":
    from dangvien_analysis.settings import COLLECTION_FILE, SettingsError, find_collection

    if not asked.list.is_file():
        raise SettingsError(f"Không có tệp «{asked.list}»; hãy kiểm tra lại đường dẫn.")
    if asked.out.suffix.lower() != ".xlsx":
        raise SettingsError(f"Biểu được ghi dạng Excel: tên tệp «{asked.out}» phải kết thúc bằng .xlsx.")
    if asked.collection:
        return find_collection(asked.collection)
    home = next((above for above in asked.list.resolve().parents if (above / COLLECTION_FILE).is_file()), None)
    return find_collection(home) if home else _of_school(asked.school)


def _of_school(school: str) -> "Collection":
    """Return the only collection that asks a school for a return; raise SettingsError where none or several do."""
    from dangvien_analysis.settings import SettingsError, find_collection, list_collections

    asking = [
        one
        for one in map(find_collection, list_collections())
        if one.periods and any(known.id == school for known in one.schools)
    ]
    if len(asking) == 1:
        return asking[0]
    names = ", ".join(f"«{one.id}»" for one in asking)
    why = f"trường «{school}» có trong các bộ {names}" if asking else f"không bộ nào có trường mã «{school}»"
    raise SettingsError(f"Chưa rõ biểu thuộc bộ số liệu nào: {why}; hãy thêm --collection TÊN.")


def _count(asked: argparse.Namespace, collection: "Collection", form: "FormPlan") -> "Tally | None":
    """Count the list; what is not certain is asked on a terminal, and told in a batch. None if it stays unclear."""
    from dangvien_analysis.tally import UnclearError, tally_list
    from dangvien_analysis.tally.telling import ask

    answers, group = _answers(asked.column), asked.group
    while True:
        try:
            return tally_list(asked.list, collection, form, answers, group)
        except UnclearError as unclear:
            if not sys.stdin.isatty():
                for question in unclear.questions:
                    warn(ask(question))
                warn('Cách trả lời: --column CỘT=NỘI_DUNG, thí dụ --column F="kết nạp"; bỏ cột thì ghi "bỏ qua".')
                return None
            question = unclear.questions[0]
            warn(ask(question))
            if question.col:
                answers |= _ask_column(question)
            else:
                group = _ask("Cả trang là học sinh (1) hay CBGVNV (2)? ", {"1": "student", "2": "staff"})


def _ask_column(question) -> dict[str, str]:
    from dangvien_analysis.tally.columns import ANSWERS
    from dangvien_analysis.workbook import address

    roles = {str(number): role for number, role in enumerate(question.choices, start=1)}
    for number, role in roles.items():
        say(f"  {number}. {ANSWERS[role]}")
    return {address(1, question.col)[:-1]: _ask("Chọn số: ", roles)}


def _ask(prompt: str, choices: dict[str, str]) -> str:
    while (typed := input(prompt).strip()) not in choices:
        warn(f"Hãy gõ một trong các số {', '.join(choices)}.")
    return choices[typed]


def _answers(given: list[str]) -> dict[str, str]:
    """Read --column options; raise SettingsError, naming what can be answered."""
    from dangvien_analysis.settings import SettingsError
    from dangvien_analysis.tally.columns import ANSWERS
    from dangvien_analysis.text import fold

    roles = {fold(words): role for role, words in ANSWERS.items()}
    answers = {}
    for one in given:
        name, equals, words = one.rpartition("=")
        if not equals or fold(words) not in roles:
            known = "; ".join(ANSWERS.values())
            raise SettingsError(f"Không hiểu --column «{one}»: viết CỘT=NỘI_DUNG, nội dung là một trong: {known}.")
        answers[name.strip()] = roles[fold(words)]
    return answers
