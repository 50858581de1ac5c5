"""Check the returns that have just come: a verdict on each, and what goes back to its sender."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from dangvien_analysis.loading import load_incoming
from dangvien_analysis.marking.incoming import Incoming
from dangvien_analysis.marking.list_sheet import Letter
from dangvien_analysis.marking.notes import Note
from dangvien_analysis.marking.telling import is_returnable, notes_by_file, schools_of
from dangvien_analysis.marking.writing import LIST_ENDING, NotWrittenError, copy_name, write_copy, write_list
from dangvien_analysis.returns.people import people_cell
from dangvien_analysis.settings import Collection
from dangvien_analysis.store import Returns
from dangvien_analysis.tables.finder import read_sheet
from dangvien_analysis.text import date_text
from dangvien_analysis.wording.words import Words
from dangvien_analysis.workbook import Workbook, read_workbooks

Progress = Callable[[int, int, str], None]


class Verdict(NamedTuple):
    """What is to be said of one file: how much was taken, what is wrong, and what goes back.

    `written` is the file that goes back, None where there is nothing to mend, `marked` whether it is the school's own
    workbook; `refused` says why it could not be written; `outdated` is what an earlier check wrote and no longer holds.
    """

    file: str
    schools: tuple[str, ...]
    counts: int
    notes: tuple[Note, ...]
    written: Path | None = None
    marked: bool = False
    refused: str = ""
    outdated: tuple[Path, ...] = ()

    def count(self, level: str) -> int:
        """Return how many notes are of a level."""
        return sum(note.level == level for note in self.notes)


def check(incoming: Incoming, folder: Path, today: date, progress: Progress | None = None) -> list[Verdict]:
    """Check files beside what their collection holds, and write what goes back into `folder`; a verdict on each."""
    returns = load_incoming(incoming.collection, incoming.files, incoming.known, progress)
    said = notes_by_file(returns, list(incoming.files))
    words = Words(incoming.collection)
    workbooks = (workbook for _, workbook in read_workbooks(incoming.files.values()))
    return [
        _return_file(_verdict(returns, file, said[file]), path, workbook, folder, _letter(returns, file, today), words)
        for (file, path), workbook in zip(incoming.files.items(), workbooks, strict=True)
    ]


def _verdict(returns: Returns, file: str, notes: list[Note]) -> Verdict:
    counts = int((returns.counts["file"] == file).sum())
    return Verdict(file, tuple(schools_of(returns, file)), counts, tuple(notes))


def _return_file(
    verdict: Verdict, path: Path, workbook: Workbook, folder: Path, letter: Letter, words: Words
) -> Verdict:
    """Write what goes back for one file, if there is something to mend."""
    copy, alone = folder / copy_name(verdict.file), folder / f"{verdict.file}{LIST_ENDING}"
    lying = [old for old in (copy, alone) if old.is_file()]
    if not is_returnable(list(verdict.notes)):
        return verdict._replace(outdated=tuple(lying))
    try:
        marked = _may_be_copied(workbook, words) and write_copy(path, workbook, copy, letter, verdict.notes)
        if not marked:
            write_list(path, alone, letter, verdict.notes)
    except NotWrittenError as error:
        return verdict._replace(refused=str(error), outdated=tuple(lying))
    written = copy if marked else alone
    return verdict._replace(written=written, marked=marked, outdated=tuple(old for old in lying if old != written))


def _may_be_copied(workbook: Workbook, words: Words) -> bool:
    """Tell whether a workbook may travel: a list of people, even on a hidden sheet, goes into no file of ours."""
    return bool(workbook.sheets) and not any(
        people_cell(sheet, read_sheet(sheet, words), words) for sheet in workbook.sheets
    )


def _letter(returns: Returns, file: str, today: date) -> Letter:
    collection: Collection = returns.collection
    organisation = collection.organisation
    office = " – ".join(name for name in (organisation.name, organisation.board) if name)
    schools = schools_of(returns, file)
    school = schools[0] if len(schools) == 1 else ""
    return Letter(office, file.rpartition("/")[2], school, date_text(today), collection.illustrative, marked=True)
