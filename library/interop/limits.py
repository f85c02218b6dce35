"""How long and how large what is said of a resource may be, as the models have it (a test compares them)."""

LONGEST_TITLE = 300
LONGEST_NAME = 200  # of a person, a body, a publisher
LONGEST_TAG = 100
LONGEST_KEY = 500  # of a record in its collection
LONGEST_ADDRESS = 1000
FIRST_YEAR, LAST_YEAR = 1000, 2100
OLDEST = 120  # years of age
MOST = 100_000  # pages, minutes: above it stands the number of something else
