"""From a view to bytes, one module a format; pure."""
