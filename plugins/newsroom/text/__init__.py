"""From Markdown to sanitised HTML, set in the typography of its language."""
