"""How long what is said of a resource may be, as the models have it (a test compares them)."""

LONGEST_TITLE = 300
LONGEST_NAME = 200  # of a person, a body, a publisher
LONGEST_TAG = 100
LONGEST_KEY = 500  # of a record in its collection
LONGEST_ADDRESS = 1000
