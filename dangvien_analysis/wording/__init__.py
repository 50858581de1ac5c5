"""What a text of a return says: facet values, roles, times, and the words that were not understood.

`cover` finds the phrases in a text, `timewords` its periods, courses and days, `ordinals` the number it opens with;
`said` puts the readings together, and `words` does it all for one collection.
"""

from dangvien_analysis.wording.said import Said
from dangvien_analysis.wording.words import Words

__all__ = ["Said", "Words"]
