"""Rules changed by one small mistake at a time: which examples and scenarios tell it?"""
