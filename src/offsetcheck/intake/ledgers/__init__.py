"""Registries' ledgers: what was issued, retired and cancelled, under which serial numbers."""
