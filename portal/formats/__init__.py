"""Formats of dates and numbers for `FORMAT_MODULE_PATH`, one module a language (vn_rules R6.1-R6.3)."""
