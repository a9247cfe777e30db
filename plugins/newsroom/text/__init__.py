"""From Markdown to sanitised HTML in the typography of its language."""
