"""The official return, blank or filled: one workbook for one school.

In the order of the data: `questions` (what is asked), `layout` (what stands in a cell), `live` (sums and warnings with
their values), `pages` (one module a sheet), `plan` (the whole form), `writing` (the workbook), `styles` (how it
looks), `making` (the forms of a collection, with what was reported before).

A form is read back like any other return, by the words in it: nothing in the loader knows where its cells are.
"""

from dangvien_analysis.forms.layout import Key
from dangvien_analysis.forms.plan import FormPlan, plan_form
from dangvien_analysis.forms.writing import form_file

__all__ = ["FormPlan", "Key", "form_file", "plan_form"]
