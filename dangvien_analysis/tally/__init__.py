"""A list of people, on the machine where it lies, becomes a filled form of counts; no name leaves it.

In the order of the data: `dates` (what a cell says of when), `columns` (which column says what), `people` (one row one
person: what happened when, without a name), `counting` (people to the numbers of a form), `telling` (what was counted,
in words), `listing` (the whole way).

The names are looked at in one place, `people`, to see that a row holds somebody and that nobody stands there twice;
they are compared and forgotten. Messages name rows and columns by their numbers.
"""

from dangvien_analysis.tally.listing import Tally, UnclearError, tally_list

__all__ = ["Tally", "UnclearError", "tally_list"]
