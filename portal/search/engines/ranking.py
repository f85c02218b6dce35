"""The steps that lift what matches, the same in every engine, beside the engine's own score (BM25, about 0-25 a word).

They are wide enough that an exactly spelt word goes before a title which has the word with other accents, wherever
it stands.
"""

EXACT = 60.0  # spelt as typed, when accents were typed
EXACT_UNMARKED = 4.0  # spelt without accents, as typed: a weak sign, many type none at all
EXACT_TITLE = 10.0
TITLE = 15.0
NEIGHBOURS = 8.0
SUBJECT = 5.0
INSTEAD = 0.1  # another word for what was typed
BEGINNING = 0.1  # the open word is only the beginning of a word there
SHORTEST_GLUED = 4  # letters of a word that may be two written together
MOST_VALUES = 500  # of one facet
MOST_WORKS = 100  # looked at for the names of their creators
