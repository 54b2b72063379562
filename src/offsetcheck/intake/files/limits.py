"""How large a stranger's file may be; each limit is far above any real project list."""

GIGABYTE = 1 << 30

MAX_BYTES = 300_000_000
MAX_ROWS = 1_000_000
MAX_JSON = 50_000_000  # characters; a decoded record takes many times its text
MAX_COLUMNS = 2_000
MAX_CELL = 131_072  # characters; Python's csv and Excel stop near here too
MAX_CELLS = 6_000_000  # that hold anything; the largest registry database has two million
MAX_SPAN = 24_000_000  # cells from the first of a row to its last, empty ones among them
MAX_BYTES_IN_PARTS = 20 * GIGABYTE  # of a list that is read and judged part by part
MAX_ROWS_IN_PARTS = 100_000_000
MAX_SECONDS_IN_PARTS = 7_200
ROWS_OF_PART = 32_768  # of a long list; to judge each by all rules takes some 10 kB
CELLS_OF_PART = 1_200_000  # that are read as text; those of columns that are not used do not count
MAX_TEXT = 200_000_000  # characters of all cells; one text may stand in many of them

MAX_ENTRIES = 2_000  # of a spreadsheet's zip
MAX_UNPACKED = 200_000_000
MAX_RATIO = 200
RATIO_FROM = 10_000_000  # bytes unpacked; small entries may well be repetitive

MAX_SECONDS = 60  # of computing time, of a second process that reads one file
MAX_WAIT = 300  # seconds on the clock: on a busy machine that process waits for its turn

HEADER_ROWS = 15  # a header stands within the first rows or nowhere

MAX_PROBLEMS = 100  # of one kind that are told one by one; the rest is told by its count
