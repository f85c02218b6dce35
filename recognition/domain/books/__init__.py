"""The books of a commune: who may earn a title there."""
