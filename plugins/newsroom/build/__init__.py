"""The build: which outputs are current, how pages are rendered, what is in the way on disk."""
