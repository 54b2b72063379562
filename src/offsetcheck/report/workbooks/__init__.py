"""Workbooks that people fill or filter, cell by cell; no text is taken for a formula."""
