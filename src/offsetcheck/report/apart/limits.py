"""What one page of a city's own template may take. Measured: a page of ours takes 15 ms."""

MAX_SECONDS = 10  # of processor time for one page
MAX_WAIT = 60  # seconds of waiting for one page, on a busy machine
MAX_MEMORY = 1024**3  # bytes of the whole process
MAX_ANSWER = 64 * 1024**2  # bytes of one page, twice what the sandbox lets a template write
OUT_OF_TIME = -24  # the system's signal that a process has used up its seconds
