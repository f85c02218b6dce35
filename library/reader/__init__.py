"""Reading in the portal itself: books as pages and text, on any phone and without JavaScript.

`book.open_book(rendition)` gives a Book: its pages, its text, its pictures. Files are opened by jobs in a process of
their own (portal.web.sandbox): `pdf`, `epub` and `markup` know no Django, so this file must not bring it in either. What
they make lies beside the file, and is made anew when it is missing.
"""
