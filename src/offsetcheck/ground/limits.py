"""How large and how deep a file from a stranger may be, each limit with its reason."""

MAX_YAML_CHARACTERS = 5_000_000
"""A rule file has some 3,000 characters, a large dictionary 200,000, a bid 2,000,000."""

MAX_YAML_DEPTH = 24
"""The deepest file of the format has eight levels; a deep one is an attack on the stack."""

MAX_YAML_NODES = 300_000
"""A value costs up to 800 bytes with its place, so that a file stays below 250 MB."""

MAX_YAML_KEY = 1_000
"""Keys are compared with all known ones for a "did you mean"; a longer one is no key."""

MAX_YAML_PROBLEMS = 100
"""A file with more mistakes than this is not a file of the format."""

MAX_EXPRESSION_CHARACTERS = 2_000
"""The longest expression that a person can still review; also bounds the parser's time."""

MAX_EXPRESSION_DEPTH = 50
"""The parser recurses about ten frames a level; 50 levels stay far from Python's limit."""

MAX_RULEBOOK_FILES = 5_000
"""A folder with more files is not a rulebook but a wrong path."""

MAX_RULEBOOK_DEPTH = 8
"""Rules stand one folder deep; a link or a wrong path can lead without end."""

MAX_RULEBOOK_BYTES = 100_000_000
"""All files of a rulebook are in memory at once; the bundled ones have about a million bytes."""

MAX_KEPT_BYTES = 200_000_000
"""A kept rulebook is about as large as its files; a larger one is quicker read anew."""

MAX_TABLE_BYTES = 20_000_000
"""A reference table holds decisions of people: thousands of rows, not millions."""

MAX_MESSAGE = 400
"""A message quotes what a stranger wrote; it must stay one that a person reads."""

MAX_SAFE_INTEGER = 2**53
"""Integers beyond it are not exact as doubles, and every number is a double in the evaluators."""
