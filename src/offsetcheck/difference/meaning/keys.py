"""What of a thing can be otherwise: each has words under `rules_diff.what`."""

CHANGE_KEYS = (
    *("rule", "adoption", "in_force", "effect", "if_unknown", "cap"),
    *("limit", "weight", "subject", "status", "critical", "route"),
    *("declare", "for_identity", "documents", "curable", "code", "at_least"),
    *("applies_when", "requires", "levels", "value", "unit", "type"),
    *("tighter", "city", "jurisdiction", "leave_out", "evidence", "adopted"),
    *("screening", "floor", "adopt", "kind", "scope", "offsetting"),
    *("jurisdictions", "speaks_of", "languages", "undecided", "remedy", "example"),
    *("fact", "table", "edition", "edition_label", "edition_stale", "edition_grade"),
    *("edition_published", "row", "row_words", "field", "range", "bound"),
    *("identity", "lookup", "aggregate", "changes", "moves", "officer"),
    *("derive", "covers", "paper", "dimension_integrity", "dimension_value", "dimension_ceiling"),
    *("cut", "value_ranked_from", "first_day", "decision", "guide", "guide_title"),
    *("guide_edition", "guide_date", "guide_url", "guide_publisher", "guide_licence", "standing"),
    *("citation", "step", "step_part"),
)
