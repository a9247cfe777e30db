"""Tells Pelican what was published, for the counts that it prints at its end."""

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from newsroom.content.articles import ARTICLE
from newsroom.content.library import entries_of


def remember(generator: Generator) -> None:
    """Note Pelican's own generators, which read nothing here."""
    if isinstance(generator, ArticlesGenerator | PagesGenerator):
        generator.settings.setdefault("STOCK_GENERATORS", []).append(generator)


def tell_counts(pelican: Pelican) -> None:
    """Tell Pelican's own generators what was published, for the counts that it prints at its end."""
    for stock in pelican.settings["STOCK_GENERATORS"]:
        catalogue = stock.context["catalogue"]
        name = "articles" if isinstance(stock, ArticlesGenerator) else "pages"
        entries = getattr(catalogue, name)
        setattr(stock, name, list(entries))
        stock.translations = [text for entry in entries for text in list(entry.texts.values())[1:]]
        if isinstance(stock, ArticlesGenerator):
            read = list(entries_of(pelican.settings["SESSION"].library, ARTICLE))
            stock.drafts = [article for article in read if article.facts.draft]
            shown = {article.key for article in [*entries, *stock.drafts]}
            # What Pelican calls “hidden” is made but not listed; here it is what waits for its day.
            stock.hidden_articles = [article for article in read if article.key not in shown]


def register() -> None:
    """Connect to Pelican."""
    signals.generator_init.connect(remember)
    signals.finalized.connect(tell_counts)
