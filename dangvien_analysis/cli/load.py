"""`dangvien load`: reads a collection's returns, keeps what was read, tells what is missing and wrong."""

import argparse

from dangvien_analysis.cli.parser import DONE, FAILED, add_command, add_strict
from dangvien_analysis.console import Progress, say, warn
from dangvien_analysis.system_errors import reason


def add(commands) -> None:
    """Declare the command."""
    parser = add_command(commands, "load", "Đọc các báo cáo của một bộ số liệu, nói rõ điều thiếu, điều sai.", _load)
    add_strict(parser)


def _load(asked: argparse.Namespace) -> int:
    from dangvien_analysis import overview
    from dangvien_analysis.loading import load_returns

    returns = load_returns(asked.name, progress=Progress("Đang đọc"))
    save(returns)
    return FAILED if asked.strict and overview.has_errors(returns) else DONE


def save(returns) -> None:
    """Keep what was read and tell what it is; a read-only raw folder is only a warning."""
    from dangvien_analysis import overview, periods, status
    from dangvien_analysis.register import register_received
    from dangvien_analysis.store import stored_returns

    before = stored_returns(returns.collection)
    returns.save()
    try:
        fresh = register_received(returns.collection, periods.today())
    except OSError as error:
        fresh = []
        warn(
            f"Không ghi được sổ nhận báo cáo received.csv trong {returns.collection.folder} ({reason(error)}); "
            "ngày nhận của các tệp mới chưa được ghi lại."
        )
    changed = []
    if before is not None:
        differing, files = status.changes(before, returns), status.changed_files(before, returns)
        changed = status.change_lines(differing, files, returns.collection)
    for line in overview.describe(returns, fresh, changed):
        say(line)
