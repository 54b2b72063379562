"""Workbooks that people fill or filter, written cell by cell; a text is never taken for a formula."""
