"""From tables to `counts`: a number means the union of what the texts over, beside and around it say.

In the order of the data: `surroundings` (titles, headings, names), `speakers` (section rows), `facets` (their union),
`numbers` (one table), `totals` (checked, not loaded), `people` (lists of people are refused), `repeats` (one key
twice), `reading` (files and sheets); `messages` says what was found.
"""

from dangvien_analysis.returns.reading import read_file, read_returns

__all__ = ["read_file", "read_returns"]
