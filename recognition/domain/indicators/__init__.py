"""Figures of the titles: recognised, registered, how many there are, beside what the plan wants."""
