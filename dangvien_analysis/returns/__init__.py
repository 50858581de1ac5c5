"""From tables to `counts`: a number means the union of what the texts over, beside and around it say.

For one sheet, in the order of the data: `surroundings` (titles, headings, names), `speakers` (section rows), `facets`
(their union), `parts` and `numbers` (one table), `totals` and `rates` (checked, not loaded), `people` (lists of people
are refused), `sheets` (the `plan` of a sheet). A plan tells where each number goes, whatever it is: `skeleton` and
`plans` find the sheets that share one. For all sheets: `ledger` (the numbers taken), `repeats` (one key twice),
`reading` (files). `messages` says what was found.
"""

from dangvien_analysis.returns.reading import read_returns

__all__ = ["read_returns"]
