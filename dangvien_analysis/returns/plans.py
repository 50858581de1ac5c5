"""Plans kept for the sheets to come: a form is planned once, however many schools fill it."""

from collections.abc import Hashable, Mapping
from typing import NamedTuple

from dangvien_analysis.returns.plan import Place, Plan
from dangvien_analysis.returns.sheets import NOTHING_SAID, plan_sheet
from dangvien_analysis.returns.skeleton import Skeleton, Skeletons
from dangvien_analysis.tables.unaccented import words_for
from dangvien_analysis.wording import Said, Words
from dangvien_analysis.workbook import Sheet

MOST_CELLS = 20_000  # of a sheet whose plan is kept; one table of all schools of a country comes once
MOST_FORMS = 2_000  # kept; then memory would tell


class Kept(NamedTuple):
    """A plan with what a sheet must share, besides its skeleton, to have it too.

    `quoted`: what stands in the cells that its findings quote. `counts`: the cells that must hold counts. `schools`:
    those that the skeleton named.
    """

    plan: Plan
    quoted: tuple[tuple[Place, str], ...]
    counts: tuple[Place, ...]
    schools: tuple[str, ...]


class Plans:
    """Finds the plan of each sheet of a call, making it when it is not known."""

    def __init__(self, words: Words, keep: bool = True) -> None:
        self.words = words
        # Where no schools are registered, a name is learnt while reading: the same text may say more next time.
        self._keeps = keep and bool(words.collection.schools)
        self._skeletons: dict[Words, Skeletons] = {}
        self._kept: dict[Hashable, Kept] = {}  # by words and form

    def of(self, sheet: Sheet, file_name: Said, form: Said = NOTHING_SAID) -> tuple[Plan, Mapping[str, str]]:
        """Return a sheet's plan, and which of its schools stands for which school of the plan.

        `form`: what the properties of a form of ours say.
        """
        words = words_for(sheet.cells, self.words)
        if not self._keeps or len(sheet.cells) > MOST_CELLS:
            return plan_sheet(sheet, file_name, words, form), {}
        if words not in self._skeletons:
            self._skeletons[words] = Skeletons(words)
        skeleton = self._skeletons[words].of(sheet, (words.read_name(sheet.name), form, file_name))
        key = words, skeleton.form
        kept = self._kept.get(key)
        if kept is not None and _serves(kept, sheet, skeleton):
            return kept.plan, dict(zip(kept.schools, skeleton.schools, strict=True))
        plan = plan_sheet(sheet, file_name, words, form)
        if kept is None and plan.lasting and len(self._kept) < MOST_FORMS:
            self._keep(key, plan, sheet, skeleton)
        return plan, {}

    def _keep(self, key: Hashable, plan: Plan, sheet: Sheet, skeleton: Skeleton) -> None:
        """Keep a plan for other sheets, if all numbers that may be any stand where that changes nothing."""
        quoted = tuple((place, sheet.cells[place].raw) for place in plan.quoted)
        counts = tuple(place for place in skeleton.loose if place not in plan.unweighed)
        kept = Kept(plan, quoted, counts, skeleton.schools)
        if plan.body.issuperset(skeleton.loose) and _serves(kept, sheet, skeleton):
            self._kept[key] = kept


def _serves(kept: Kept, sheet: Sheet, skeleton: Skeleton) -> bool:
    cells = sheet.cells
    if kept.plan.names_schools and kept.schools != skeleton.schools:
        return False
    return all(cells[place].n is not None for place in kept.counts) and all(
        cells[place].raw == raw for place, raw in kept.quoted
    )
