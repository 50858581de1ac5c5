"""One table of schools by periods with printed totals: what to mask, and what an attacker can still believe.

With each school's total as one more column, taken negative, all rows add up to zero and all columns to a printed
sum.  A masked cell can then be believed higher or lower only around a cycle: what one cell of a row gains another
loses, and so for columns.  Every whole number between the two ends belongs to some possible table (the
constraints are those of a network), so pushing a cell along cycles finds exactly what can be believed.
"""

import numpy as np

Place = tuple[str, str]  # school, period
Step = tuple[int, int, int]  # row, column, +1 or -1

FEASIBLE = 3  # so many values every masked cell keeps
_UNBOUNDED = 10**9
_CHEAP, _ZERO = 0.001, 50.0  # prices of a step through a masked cell, and of masking a printed zero


class Table:
    """The cells, what is masked of them so far, and the bounds an attacker knows."""

    def __init__(self, cells: dict[Place, int], threshold: int) -> None:
        self.rows = {school: row for row, school in enumerate(dict.fromkeys(school for school, _ in cells))}
        self.columns = {period: column for column, period in enumerate(dict.fromkeys(period for _, period in cells))}
        self.threshold = threshold
        shape = len(self.rows), len(self.columns) + 1
        self.n = np.zeros(shape, dtype="int64")
        self.present = np.zeros(shape, dtype="bool")
        for place, n in cells.items():
            self.n[self._index(place)], self.present[self._index(place)] = n, True
        self.totals = self.n.sum(axis=1)
        self.n[:, -1] = -self.totals
        self.alone = self.present.sum(axis=1) == 1
        self.known_zero = ((self.totals == 0) & ~self.alone)[:, None] & self.present
        self.masked = np.zeros(shape, dtype="bool")

    def _index(self, place: Place) -> tuple[int, int]:
        return self.rows[place[0]], self.columns[place[1]]

    def masked_places(self) -> set[Place]:
        """Return the places that are masked."""
        return self._places(self.masked)

    def _places(self, marks: np.ndarray) -> set[Place]:
        schools, periods = list(self.rows), list(self.columns)
        return {(schools[row], periods[column]) for row, column in zip(*np.nonzero(marks), strict=True)}

    def protect(self, forced: set[Place]) -> set[Place]:
        """Mask what must be masked and as little more as found; return the masked places that stay exposed."""
        for place in forced:
            self.masked[self._index(place)] = True
        self._mask(self.present & self._small(self.n))
        queue = self._indices(self.masked)
        while queue:
            cell = queue.pop()
            before = self.masked.copy()
            while not self._safe(cell) and (self._open(cell) or self._hide_columns(cell)):
                pass
            queue += self._indices(self.masked & ~before)  # masking more never narrows what can be believed
        exposed = np.zeros_like(self.masked)
        for cell in self._indices(self.masked):
            exposed[cell] = not self._safe(cell)
        return self._places(exposed)

    def _indices(self, marks: np.ndarray) -> list[tuple[int, int]]:
        return [(int(row), int(column)) for row, column in zip(*np.nonzero(marks), strict=True)]

    def _small(self, values: np.ndarray) -> np.ndarray:
        return (values > 0) & (values < self.threshold)

    def _mask(self, marks: np.ndarray) -> None:
        """Mask these too, and work out what an attacker then takes each number to be, apart from all sums.

        A cell is as small as the rule says, unless its whole column is masked, zeros too: nothing then shows
        which cells are small, or that any is above zero.
        """
        self.masked = self.masked | marks
        self.hidden = (self.masked | self.known_zero | ~self.present).all(axis=0)
        by_rule = self.masked & self._small(self.n) & ~self.hidden
        self.low = np.where(by_rule, 1, np.where(self.masked, 0, self.n))
        self.high = np.where(by_rule, self.threshold - 1, np.where(self.masked, _UNBOUNDED, self.n))
        small_total = self._small(self.totals)
        self.low[:, -1] = np.select([self.alone, small_total], [-_UNBOUNDED, 1 - self.threshold], default=-self.totals)
        self.high[:, -1] = np.select([self.alone, small_total], [0, -1], default=-self.totals)

    def _safe(self, cell: tuple[int, int]) -> bool:
        wanted = FEASIBLE - 1
        up = self._push(cell, 1, wanted)[0]
        return up >= wanted or up + self._push(cell, -1, wanted - up)[0] >= wanted

    def _open(self, cell: tuple[int, int]) -> bool:
        """Mask the cheapest cells that let the belief about `cell` move further; tell whether there are any."""
        ways = [self._push(cell, direction, FEASIBLE - 1, opening=True) for direction in (1, -1)]
        ways = [(moved, opened) for moved, opened in ways if opened.any()]
        if not ways:
            return False
        _, opened = min(ways, key=lambda way: (-way[0], way[1].sum(), self.n[way[1]].sum()))
        self._mask(opened)
        return True

    def _hide_columns(self, cell: tuple[int, int]) -> bool:
        """Mask a whole period, zeros too: the cell's own, then others as long as that can help."""
        others = np.argsort(self.n[:, :-1].sum(axis=0), kind="stable").tolist()
        for column in [cell[1], *others]:
            if not self.hidden[column] and (column == cell[1] or self._helpable(cell)):
                marks = np.zeros_like(self.masked)
                marks[:, column] = (self.present & ~self.known_zero)[:, column]
                self._mask(marks)
                return True
        return False

    def _helpable(self, cell: tuple[int, int]) -> bool:
        """Tell whether masking everything would protect the cell."""
        masked = self.masked
        self._mask(self.present & ~self.known_zero)
        safe = self._safe(cell)
        self.masked = masked
        self._mask(masked)
        return safe

    def _push(
        self, cell: tuple[int, int], direction: int, units: int, *, opening: bool = False
    ) -> tuple[int, np.ndarray]:
        """Move a cell by up to `units` along cycles; return how far it went and which unmasked cells that opened."""
        now, opened = self.n.copy(), np.zeros_like(self.masked)
        room = self.high[cell] - now[cell] if direction > 0 else now[cell] - self.low[cell]
        for done in range(min(units, int(room))):
            path = self._path(cell, direction, now, opened, opening=opening)
            if path is None:
                return done, opened
            for row, column, step in path:
                now[row, column] += step
                opened[row, column] = self.present[row, column] and not self.masked[row, column]
        return min(units, int(room)), opened

    def _prices(self, now: np.ndarray, opened: np.ndarray, *, opening: bool) -> tuple[np.ndarray, np.ndarray]:
        """Return what one up and one down costs for each number, infinite where it cannot be."""
        up = np.where(now < self.high, _CHEAP, np.inf)
        down = np.where(now > self.low, _CHEAP, np.inf)
        if opening:
            free = self.present & ~self.masked & ~self.known_zero
            price = np.where(opened, _CHEAP, np.where(self.n > 0, 1 + self.n / (1 + self.totals.sum()), _ZERO))
            up, down = np.where(free, price, up), np.where(free & (now > 0), price, down)
        return up, down

    def _path(
        self, cell: tuple[int, int], direction: int, now: np.ndarray, opened: np.ndarray, *, opening: bool
    ) -> list[Step] | None:
        """Return the cheapest steps that make up for moving `cell` by one, by relaxing rows and columns in turn.

        A column that has gained loses in another row; a row that has lost gains in another column.
        """
        row, column = cell
        up, down = self._prices(now, opened, opening=opening)
        up[cell] = down[cell] = np.inf
        rows, columns = np.full(len(up), np.inf), np.full(up.shape[1], np.inf)
        from_column, from_row = np.full(len(rows), -1), np.full(len(columns), -1)
        if direction > 0:
            columns[column] = 0.0
        else:
            rows[row] = 0.0
        while True:
            changed = _relax(rows, from_column, columns[None, :] + down)
            changed = _relax(columns, from_row, rows[:, None] + up, axis=0) or changed
            if not changed:
                break
        if np.isinf(rows[row] if direction > 0 else columns[column]):
            return None
        return _trace(cell, direction, from_column, from_row)


def _relax(costs: np.ndarray, origins: np.ndarray, offers: np.ndarray, axis: int = 1) -> bool:
    """Take the offers that are better, in place; tell whether there were any."""
    best = offers.min(axis=axis)
    better = best < costs
    costs[better] = best[better]
    origins[better] = offers.argmin(axis=axis)[better]
    return bool(better.any())


def _trace(cell: tuple[int, int], direction: int, from_column: np.ndarray, from_row: np.ndarray) -> list[Step]:
    (row, column), steps = cell, []
    if direction > 0:  # from the cell's row back to its column
        while True:
            came = int(from_column[row])
            steps.append((row, came, -1))
            if came == column:
                return steps
            row = int(from_row[came])
            steps.append((row, came, 1))
    goal = row
    while True:
        came = int(from_row[column])
        steps.append((came, column, 1))
        if came == goal:
            return steps
        column = int(from_column[came])
        steps.append((came, column, -1))
