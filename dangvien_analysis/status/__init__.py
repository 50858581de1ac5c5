"""State of the call: who has sent what and when, what is missing or wrong, what changed, and what to write to whom.

`data/processed` is made from the returns as they are now and keeps no history. So "since the last load" means: the
files as they lie there now against what the store holds; `dangvien load` prints it before it replaces the store.
"""

from dangvien_analysis.status.changes import changed_files, changes
from dangvien_analysis.status.lines import change_lines, state_lines, unplaced_lines
from dangvien_analysis.status.reminders import reminder, reminders
from dangvien_analysis.status.state import faults, received_files, state_of_call
from dangvien_analysis.status.workbook import status_workbook

__all__ = [
    "change_lines",
    "changed_files",
    "changes",
    "faults",
    "received_files",
    "reminder",
    "reminders",
    "state_lines",
    "state_of_call",
    "status_workbook",
    "unplaced_lines",
]
