"""A language server for rule files: editors ask, and are told what `rules check` would say."""
