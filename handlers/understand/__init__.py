"""What a person typed: dates and recurrences (when), one-line customers (capture), verbs.

Pure functions of the text, the clock and the zone that are handed in. To add one more reader, give it a module here,
a gold file under tests/understand/, and a name in __main__.py.
"""
