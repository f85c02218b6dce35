"""The village grid: many sheets of one village filled in side by side."""
