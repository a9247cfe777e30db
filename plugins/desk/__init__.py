"""The editors' commands, run through the Makefile."""
