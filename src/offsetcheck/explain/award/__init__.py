"""The award view in words, one file for each part of the page."""
