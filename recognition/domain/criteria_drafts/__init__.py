"""Drafts of criteria sets: begun, derived from a set that stands, checked, published, tried on the sheets of a year."""
