"""The synthesis table («biểu tổng hợp»): one workbook beside each report, laid out as offices send numbers upward.

Pupils and staff on sheets of their own, schools down, measures across, one part for each period and one for all of
them together; then the courses, the cell that every figure came from, and how far the figures can be trusted.
Nobody's report is not zero: a number that no school gave stands as «…», never as 0, and a sum that lacks one says so.
"""

from dangvien_analysis.synthesis.book import write

__all__ = ["write"]
