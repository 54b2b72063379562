"""Judged offers as pages show them: which of a list, in which order, at which address."""
