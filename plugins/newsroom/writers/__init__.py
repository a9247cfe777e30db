"""From a view to bytes: pure functions, one module per format."""
