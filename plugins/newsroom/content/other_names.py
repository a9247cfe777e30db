"""What editors may call a key or a word of the schema, in French or as other programs do.

Messages say what it is called here; nothing is ever read under another name.
"""

from collections.abc import Iterable

from newsroom.sentences import Sentence, say

_NAMES = {
    "aliases": ("alias", "redirect", "redirect_from", "redirections"),
    "alt": ("texte alternatif", "alternative", "legende", "caption"),
    "articles": ("items", "sommaire", "contents"),
    "claim": ("affirmation", "promesse", "promise"),
    "closed": ("close", "fin", "end", "clos"),
    "credit": ("photographe", "auteur", "author", "copyright"),
    "date": ("jour", "day", "created", "pubdate"),
    "draft": ("brouillon", "hidden", "unpublished"),
    "entities": ("acteurs", "players", "people", "companies", "entreprises"),
    "expected": ("attendu", "echeance", "deadline", "due"),
    "file": ("fichier", "src", "path"),
    "image": ("photo", "picture", "cover", "featured_image", "thumbnail", "illustration"),
    "language": ("langue", "lang", "locale"),
    "name": ("nom", "titre", "title"),
    "number": ("numero", "issue"),
    "order": ("ordre", "rang", "weight", "position"),
    "publish": ("publication", "publish_date", "publishdate", "paraitre", "a paraitre"),
    "publisher": ("editeur", "site", "journal", "source"),
    "slug": ("permalink", "url", "adresse", "save_as"),
    "sources": ("references", "bibliographie", "liens", "links"),
    "status": ("statut", "etat", "state"),
    "story": ("histoire", "recit"),
    "summary": ("resume", "chapo", "description", "excerpt", "abstract", "subtitle"),
    "thread": ("suite", "suites", "fil", "series"),
    "title": ("titre", "name", "headline"),
    "topics": ("sujet", "sujets", "tag", "tags", "category", "categories", "categorie", "keywords", "rubrique"),
    "translated_from": ("traduit de", "traduit_de", "translation_of"),
    "updates": ("mises a jour", "maj", "corrections", "modified", "lastmod", "updated"),
    "url": ("lien", "adresse", "link", "href", "uri"),
    "was": ("avant", "before", "previously"),
    "written": ("ecrit", "redige"),
    "rumour": ("rumeur", "rumor", "leak", "fuite"),
    "announced": ("annonce", "annoncee", "planned", "promis", "prevu"),
    "confirmed": ("confirme", "confirmee", "done", "fait", "true"),
    "denied": ("dementi", "dementie", "refuse", "false", "faux"),
    "cancelled": ("annule", "annulee", "abandonne", "abandonnee", "canceled", "dropped"),
}


def other_names(known: Iterable[str]) -> dict[str, str]:
    """Return other names for the ``known`` ones, each with the known name."""
    return {other: name for name in known for other in _NAMES.get(name, ())}


#: Keys of other programs that have no counterpart here, and why.
_NO_KEYS = {
    "author": say("Delete it: articles are not signed. The author of a source stands in sources."),
    "lang": say("Delete it: the name of the file says the language."),
    "layout": say("Delete it: the folder says what kind of page it is."),
    "cssclasses": say("Delete it: the theme decides how things look."),
    "id": say("Delete it: the name of the folder is the key."),
}
_SAME = {"authors": "author", "auteur": "author", "language": "lang", "langue": "lang", "locale": "lang"}
_SAME |= {
    "template": "layout",
    "type": "layout",
    "kind": "layout",
    "key": "id",
    "uid": "id",
    "cssclass": "cssclasses",
    "style": "cssclasses",
    "translationkey": "id",
}


def no_key(name: str) -> Sentence | None:
    """Return what to do with a key of other programs that has no counterpart here."""
    folded = name.casefold()
    return _NO_KEYS.get(_SAME.get(folded, folded))
