"""The commands that draft an edition, send it and hand it to a service; and what they share."""
