"""Workbooks that people fill or filter, cell by cell; a text is never taken for a formula."""
