"""The served folder on disk: its tenders, changes to their files, what is kept opened."""
