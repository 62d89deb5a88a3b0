"""The live workbook. Not exported by :mod:`coordination_xl.books`: importing xlwings takes a while, and is needed only here."""

from coordination_xl.books.excel.book import ExcelBook

__all__ = ["ExcelBook"]
