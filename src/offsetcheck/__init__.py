"""Scores candidate carbon-offset projects for a city and explains each verdict."""

__version__ = "0.1.0"
