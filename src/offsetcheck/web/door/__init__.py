"""Who comes in and with what: hosts, sessions, forms, limits. Nothing here opens a tender."""
