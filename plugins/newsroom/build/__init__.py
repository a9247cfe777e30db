"""The build: which outputs are current, how pages are rendered, what stands in the way."""
