"""What a program does with offsetcheck, without a terminal: open, judge, explain, compare, write.

Nothing here prints, asks, or reads a clock. Whatever goes wrong is an OffsetcheckError with
located problems.
"""
