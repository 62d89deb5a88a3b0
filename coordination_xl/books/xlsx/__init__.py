"""A closed workbook file, changed by splicing: see :mod:`.splice`."""

from coordination_xl.books.xlsx.book import XlsxBook

__all__ = ["XlsxBook"]
