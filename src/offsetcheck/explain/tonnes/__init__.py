"""Comparable tonnes in words: steps, bounds, ranges, prices, and the order of offers by them."""
