"""In which order the keys of each kind of rule file stand; what is not named keeps its place."""

RULE = (
    "id", "code", "title", "subject", "status", "adoption", "effective", "sources", "why",
    "applies_when", "parameters", "requires", "levels", "for_identity", "effect", "cap", "limit",
    "declare", "critical", "weight", "route", "if_unknown", "evidence", "curable", "condition",
    "says", "tests",
)  # fmt: skip
PARAMETER = ("type", "unit", "tighter", "title", "values")
CITY = (
    "id", "name", "kind", "speaks_of", "jurisdictions", "languages", "scope", "offsetting",
    "offsetting_source", "example", "adopt", "adopt_reason", "adopt_also", "parameters",
    "change", "undecided", "floor", "screening", "remedy", "facts", "sources", "notes",
)  # fmt: skip
JURISDICTION = (
    "id", "name", "binding", "adopt_also", "parameters", "change", "screening", "sources", "notes",
)  # fmt: skip
STEP = (
    "id", "title", "place", "treatments", "effective", "sources", "why", "says", "inputs",
    "choices", "parts", "standard_error", "factor", "tests",
)  # fmt: skip
READ = ("type", "title", "first_of", "range", "unless")
PART = ("title", "range", "value")
# Folders whose files are of another kind than rules.
KINDS = {"cities": CITY, "jurisdictions": JURISDICTION, "parameters": PARAMETER, "tonnes": STEP}
OF_A_STEP = {"inputs": READ, "parts": PART}  # what stands by name below a key of a step
AS_THEY_ARE = frozenset(("fields", "tables", "words", "lexicon", "scenarios"))

Path = tuple[str, ...]


def order_at(file: str, path: Path) -> tuple[str, ...]:
    """Return the order of the keys below a path of keys in a file of a rule folder."""
    folders = file.split("/")[:-1]
    if not folders or AS_THEY_ARE & {*folders}:
        return ()
    kind = folders[-1]
    if not path:
        return KINDS.get(kind, RULE)
    if kind == "tonnes":
        return OF_A_STEP.get(path[0], ()) if len(path) == len(("inputs", "name")) else ()
    is_parameter = len(path) == len(("parameters", "name")) and path[0] == "parameters"
    return PARAMETER if is_parameter and kind not in KINDS else ()
