"""What editors write: found, read, checked, paired, and made into one catalogue."""
