from enum import IntEnum


class Exit(IntEnum):
    """What the process says to its caller when it ends."""

    DONE = 0  # whatever the verdict
    UNEXPECTED = 1  # a fault of the program
    USAGE = 2  # wrong options, or output that would be overwritten
    INPUT = 3  # some input could not be read; all else is written
    RULEBOOK = 4  # the rulebook is invalid, or its examples fail
    FAIL_ON = 5  # done, and a verdict named by --fail-on occurs
    INTERRUPTED = 130
