"""The sum over all schools against figures already made public."""

from collections.abc import Iterator

import pandas as pd

from dangvien_analysis import vocabulary
from dangvien_analysis.checks.evidence import Evidence
from dangvien_analysis.frames import Finding
from dangvien_analysis.measures import reconcile
from dangvien_analysis.text import number


def check_published(evidence: Evidence) -> Iterator[Finding]:
    """`published_mismatch`: the sum over all schools is not the figure that was made public."""
    if not evidence.collection.published:
        return
    for row in reconcile(evidence.counts, evidence.collection).itertuples():
        if row.agrees is True or row.agrees is pd.NA:
            continue
        measured = f"{vocabulary.label('measure', row.measure)} ({vocabulary.label('group', row.group)})"
        message = (
            f"Số đã công bố về {measured} là {number(row.published)} ({row.source}), "
            f"cộng từ báo cáo được {number(row.computed)}: chênh {number(abs(row.difference))}."
        )
        yield Finding("warning", "published_mismatch", message)
