"""The whole way from a list of people to the numbers of a form."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from dangvien_analysis.forms.plan import FormPlan
from dangvien_analysis.settings import Collection
from dangvien_analysis.tables.grid import Grid
from dangvien_analysis.tally.columns import EVENTS, Columns, Question, find_columns
from dangvien_analysis.tally.counting import Counted, count_people
from dangvien_analysis.tally.people import Person, read_people
from dangvien_analysis.text import fold
from dangvien_analysis.wording.words import Words
from dangvien_analysis.workbook import read_workbook


class UnclearError(Exception):
    """Nothing was counted: `questions` has what must be answered first."""

    def __init__(self, questions: list[Question]) -> None:
        super().__init__()
        self.questions = questions


class Tally(NamedTuple):
    """What a list gave: the numbers, or why there are none (a sentence); `doubts` are sentences about the file."""

    counted: Counted | None
    problem: str = ""
    doubts: tuple[str, ...] = ()


def tally_list(
    path: Path, collection: Collection, form: FormPlan, answers: Mapping[str, str], group: str | None = None
) -> Tally:
    """Count a list of people into the numbers of a form.

    `answers`: the letter or the header of a column -> its role (`columns.ANSWERS`). `group`: whom the whole list is
    about, if whoever started the command said so. Raises UnclearError where a column is not certain.
    """
    workbook = read_workbook(path)
    bad = next((problem.message for problem in workbook.problems if problem.level == "error"), "")
    if bad and not workbook.sheets:
        return Tally(None, bad)
    words = Words(collection)
    folded = {fold(name): role for name, role in answers.items()}
    people: list[Person] = []
    told: set[tuple[str, str]] = set()
    questions: list[Question] = []
    for number, sheet in enumerate(workbook.sheets, start=1):
        grid = Grid(sheet, words)
        columns = None if sheet.hidden else find_columns(number, grid, folded)
        if columns is None:
            continue
        questions += columns.questions
        found = list(read_people(number, sheet.name, grid, columns, words, group))
        if found and not any(person.group for person in found):
            questions.append(Question(number, 0, "", ("student", "staff")))
        people += found
        told |= _told(columns, found)
    if questions:
        raise UnclearError(questions)
    if not people:
        return Tally(None, "Không thấy danh sách người nào trong tệp: cần một dòng tiêu đề có «Họ và tên» và các ngày.")
    doubts = tuple(dict.fromkeys(problem.message for problem in workbook.problems))
    return Tally(count_people(people, form.inputs().values(), frozenset(told)), doubts=doubts)


def _told(columns: Columns, people: list[Person]) -> set[tuple[str, str]]:
    """Return of which groups one sheet has a column for what, a course in its title included."""
    told = {role for role in EVENTS if columns.of(role)} - {"course"}
    told |= {"trained" for person in people[:1] if "trained" in person.events or columns.of("course")}
    return {(group, event) for group in {person.group for person in people if person.group} for event in told}
