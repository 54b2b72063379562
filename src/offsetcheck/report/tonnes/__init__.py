"""Pages, drawings and tables of comparable tonnes."""
