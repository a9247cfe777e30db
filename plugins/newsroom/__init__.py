"""The newsroom decides: plain Python that knows no framework and writes no output.

Content goes in (files under ``content/``), one immutable catalogue comes out,
and from it the views that pages, feeds and data files are made of. The Pelican
steps beside this package read, ask it, and write.
"""
