"""Views: what a page, feed or data file shows, and nothing else.

A view is frozen and holds everything its template prints, so the hash of its
encoding says whether the page must be made again. One module per kind of page,
each a pure function from the catalogue to views.
"""
