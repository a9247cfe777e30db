"""Search: the texts of an index, and Pagefind’s files made deterministic."""
