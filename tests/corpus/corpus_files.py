"""All files of the corpus."""

from __future__ import annotations

from refused_cases import REFUSED_CASES
from text_cases import TEXT_CASES
from workbook_cases import WORKBOOK_CASES

CASES = (*TEXT_CASES, *WORKBOOK_CASES, *REFUSED_CASES)
