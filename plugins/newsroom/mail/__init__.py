"""Editions by email: one letter, as HTML and as text, and who should get it. Sends nothing."""
