"""A command line in Vietnamese: how every command is declared, and what each exit status means."""

import argparse
import re
from typing import NoReturn

from dangvien_analysis.console import warn

# 0 done (findings are in the output, not in the status); 1 something asked for could not be made, or `--strict` found
# errors; 2 could not start.
DONE, FAILED, NOT_STARTED = 0, 1, 2

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

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line and how it is written, and stop with status 2."""
        for pattern, words in USAGE_ERRORS:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                message = words.format(*found.groups())
                break
        warn(f"Lệnh viết chưa đúng: {message}.\n{self.format_usage().strip()}\nXem cách dùng: {self.prog} --help")
        self.exit(NOT_STARTED)


def add_command(commands, name: str, help_text: str, run) -> Parser:
    """Declare a command on a collection: `run(asked)` does it and returns its exit status."""
    parser = commands.add_parser(name, help=help_text, description=help_text)
    needed = parser.add_argument_group("cần có")
    needed.add_argument("name", metavar="TÊN", help="tên bộ số liệu trong data/raw, hoặc đường dẫn tới thư mục của nó")
    parser.set_defaults(run=run)
    return parser


def add_strict(parser: Parser) -> None:
    """Declare the option that makes errors in the returns count as a failure."""
    parser.options.add_argument("--strict", action="store_true", help="kết thúc với mã 1 nếu có lỗi trong số liệu")
