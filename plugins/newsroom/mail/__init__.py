"""Editions by email: one letter, as HTML and as text, and who is to get it. Sends nothing."""
