"""What people type and what must come out, in both languages: the text an editor writes is the text a reader gets.

``_`` stands for a space that does not break, ``·`` for a narrow one.
"""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from conftest import Build
from content_reading import converter
from hypothesis import given
from hypothesis import strategies as st
from properties import examples, quick
from site_builder import Site, claim, front_matter, make_site, player, set_value, verdict, write_small_site

from newsroom.content import frontmatter
from newsroom.problems import Invalid
from newsroom.text.glossary import Term
from newsroom.text.typography import NBSP, NNBSP

MEDIA = "/media/articles/a"
TERMS = (Term("constellation", "constellation", "des satellites", ""), Term("fai", "FAI", "un opérateur", ""))


def html_of(text: str, language: str = "fr") -> str:
    decoded = frontmatter.decode(text.encode())
    return converter(language, terms=TERMS, glossary_url="/l/").convert(decoded, MEDIA).html


def shown(text: str, language: str = "fr") -> str:
    """Return the HTML of ``text`` in one line, its spaces seen."""
    html = html_of(text, language).replace("&nbsp;", "_").replace(NBSP, "_").replace(NNBSP, "·")
    return re.sub(r"\s*\n\s*", "", html).removeprefix("<p>").removesuffix("</p>")


def words_of(html: str) -> str:
    return lxml.html.fragment_fromstring(html, create_parent="div").text_content()


#: Kind, language, what is typed, what is read.
TYPED = {
    "typography through markup": (
        ("fr", "«*Kuiper*»", "«_<em>Kuiper</em>_»"),
        ("fr", "« *Kuiper* »", "«_<em>Kuiper</em>_»"),
        ("fr", "*«Kuiper»*", "<em>«_Kuiper_»</em>"),
        ("fr", "«**[Kuiper](https://e.org/)**»", '«_<strong><a href="https://e.org/">Kuiper</a></strong>_»'),
        ("fr", "**900** km", "<strong>900</strong>_km"),
        ("fr", "900 *km*", "900_<em>km</em>"),
        ("fr", "1 **234** 567 €", "1·<strong>234</strong>·567_€"),
        ("fr", "M. *Dupont*", "M._<em>Dupont</em>"),
        ("fr", "[lien](https://example.org/)!", '<a href="https://example.org/">lien</a>·!'),
        ("fr", "*Vrai*?", "<em>Vrai</em>·?"),
        ("fr", "*Vrai ?*", "<em>Vrai·?</em>"),
        ("fr", "**Note**: un mot", "<strong>Note</strong>_: un mot"),
        ("fr", "Le `brut`? Oui", "Le <code>brut</code>·? Oui"),
        ("fr", "«`brut`»", "«_<code>brut</code>_»"),
        ("fr", "l'*Arcep* et l'`API`", "l’<em>Arcep</em> et l’<code>API</code>"),
        ("fr", "le 21 *novembre* 2026", "le 21_<em>novembre</em> 2026"),
        ("fr", "la *20*e fois", "la <em>20</em><sup>e</sup> fois"),
        ("fr", "Fini..*.*", "Fini…<em></em>"),
        ("fr", "900\nkm et 12\n800 lignes", "900_km et 12·800 lignes"),
        ("fr", "Vrai\n? Oui", "Vrai·? Oui"),
        ("fr", "Vrai  \n? Oui", "Vrai<br>·? Oui"),
        ("fr", "a[^n]?\n\n[^n]: b", None),
        ("fr", '<span lang="en">Why ?</span>?', '<span lang="en">Why ?</span>·?'),
        ("fr", "## «*Kuiper*»?", '<h2 id="kuiper">«_<em>Kuiper</em>_»·?</h2>'),
        ("fr", "- «*a*»\n- **9** km", "<ul><li>«_<em>a</em>_»</li><li><strong>9</strong>_km</li></ul>"),
        ("en", "[Amazon](https://example.org/)'s", '<a href="https://example.org/">Amazon</a>’s'),
        ("en", "*Amazon*'s and `x`'s", "<em>Amazon</em>’s and <code>x</code>’s"),
        ("en", "**900** km and 21 *November*", "<strong>900</strong>_km and 21_<em>November</em>"),
        ("en", "and so on..*.*", "and so on…<em></em>"),
    ),
    "addresses": (
        ("fr", "<https://example.org/a...b>", '<a href="https://example.org/a...b">https://example.org/a...b</a>'),
        ("fr", "<https://example.org/a...>", '<a href="https://example.org/a...">https://example.org/a...</a>'),
        ("fr", "https://example.org/constellation/plafonds", "https://example.org/constellation/plafonds"),
        ("fr", "Voir https://example.org/a?b=c;d!", "Voir https://example.org/a?b=c;d·!"),
        ("fr", "Voir www.example.org/l'a...b.", "Voir www.example.org/l'a...b."),
        ("fr", "Voir example.org/constellation", "Voir example.org/constellation"),
        ("fr", "à fai@constellation.example", "à fai@constellation.example"),
        ("fr", "<fai@example.org>", None),
        (
            "fr",
            "[https://e.org/l'a...](https://e.org/l'a...)",
            "<a href=\"https://e.org/l'a...\">https://e.org/l'a...</a>",
        ),
        ("fr", "`https://e.org/constellation`", "<code>https://e.org/constellation</code>"),
        ("fr", "(https://e.org/1 juin)", "(https://e.org/1 juin)"),
        ("fr", "<mailto:fai@example.org>", '<a href="mailto:fai@example.org">mailto:fai@example.org</a>'),
        ("en", "See https://example.org/it's...here.", "See https://example.org/it's...here."),
        ("en", "<https://example.org/12 km>", None),
    ),
    "fences": (
        ("fr", "- a\n\n  ```py\n  b = 1\n  ```\n- c", "<li><p>a</p><pre><code>b = 1</code></pre></li>"),
        ("fr", "- a\n  ```\n  b ?\n    c\n  ```", "<ul><li>a<pre><code>b ?c</code></pre></li></ul>"),
        ("fr", "1. a\n   ~~~\n   b\n   ~~~", "<ol><li>a<pre><code>b</code></pre></li></ol>"),
        ("fr", "> ```\n> b ?\n> ```", "<blockquote><pre><code>b ?</code></pre></blockquote>"),
        ("fr", "> - a\n>\n>   ```\n>   b\n>   ```", "<pre><code>b</code></pre>"),
        ("en", "Text\n```\nb\n```", "Text</p><pre><code>b</code></pre>"),
        ("fr", "````\n```\na\n```\n````", "<pre><code>```a```</code></pre>"),
        ("fr", "```py title=x\na ?\n```", "<pre><code>a ?</code></pre>"),
        ("fr", "```\n~~~\n```", "<pre><code>~~~</code></pre>"),
        ("fr", "   ```\n   a\n   ```", "<pre><code>a</code></pre>"),
        ("fr", "```\na ?", "<pre><code>a ?</code></pre>"),
        ("fr", "- a\n\n  ```\n  b\n\n  c ?\n  ```\n\n  d?", "<pre><code>bc ?</code></pre><p>d·?</p>"),
        ("fr", "10. a\n    ```\n    b\n    ```", '<ol start="10"><li>a<pre><code>b</code></pre></li></ol>'),
        ("fr", "- ```\n  a ?\n  ```", "<ul><li><pre><code>a ?</code></pre></li></ul>"),
        ("fr", "- - ```\n    a\n    ```", "<ul><li><ul><li><pre><code>a</code></pre></li></ul></li></ul>"),
        ("fr", "* a\n\n\t```\n\tb\n\t```", "<ul><li><p>a</p><pre><code>b</code></pre></li></ul>"),
        ("fr", "> - ```\n>   a ?\n>   ```", "<blockquote><ul><li><pre><code>a ?</code></pre></li></ul></blockquote>"),
        ("fr", "> ```\n> a ?\n\nb?", "<blockquote><pre><code>a ?</code></pre></blockquote><p>b·?"),
        ("fr", "Texte?\n~~~\nb ?\n~~~\nsuite?", "Texte·?</p><pre><code>b ?</code></pre><p>suite·?"),
        ("fr", "```\n- a\n# b\n> c\n[^n]\n{x}\n```", "<pre><code>- a# b&gt; c[^n]{x}</code></pre>"),
        ("fr", "```\n<b>&amp; « a »\n```", "<pre><code>&lt;b&gt;&amp;amp; « a »</code></pre>"),
        ("fr", "a[^n]\n\n[^n]: b\n\n    ```\n    c ?\n    ```", "<p>b</p><pre><code>c ?</code></pre>"),
        ("fr", "## T\n```\na\n```\n## U", '<h2 id="t">T</h2><pre><code>a</code></pre><h2 id="u">U</h2>'),
    ),
    "a block straight under a line": (
        ("fr", "Suite :\n- a\n- b", "Suite_:</p><ul><li>a</li><li>b</li></ul>"),
        ("fr", "Suite :\n* a", "Suite_:</p><ul><li>a</li></ul>"),
        ("fr", "Suite :\n1. a\n2. b", "Suite_:</p><ol><li>a</li><li>b</li></ol>"),
        ("fr", "Suite :\n> a", "Suite_:</p><blockquote><p>a</p></blockquote>"),
        ("fr", "Suite :\n## a", 'Suite_:</p><h2 id="a">a</h2>'),
        ("fr", "Suite :\n\n| a |\n|---|\n| 1 |", "<table>"),
        ("fr", "Suite :\n| a |\n|---|\n| 1 |", 'Suite_:</p><div class="scroll"><table>'),
        ("en", "Next:\n- a", "Next:</p><ul><li>a</li></ul>"),
    ),
    "lists by two or three spaces": (
        ("fr", "- un\n  - un bis\n- deux", "<ul><li>un<ul><li>un bis</li></ul></li><li>deux</li></ul>"),
        ("fr", "1. un\n   - bis\n2. deux", "<ol><li>un<ul><li>bis</li></ul></li><li>deux</li></ol>"),
        ("fr", "- un\n    - bis", "<ul><li>un<ul><li>bis</li></ul></li></ul>"),
        ("fr", "- un\n\t- bis", "<ul><li>un<ul><li>bis</li></ul></li></ul>"),
        ("fr", "- a\n  - b\n    - c", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"),
        ("fr", "- a\n\n  b\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
    ),
    "words in braces": (
        ("fr", "## Prix {en euros}", '<h2 id="prix-en-euros">Prix {en euros}</h2>'),
        ("fr", "| a |\n|---|\n| v {b} |", "<td>v {b}</td>"),
        ("fr", "Un mot {et un autre}\n{encore}", "Un mot {et un autre}\n{encore}".replace("\n", "")),
        ("fr", "*a*{b c}", "<em>a</em>{b c}"),
        ("fr", "{{ page }} {%x%} {50 %}", "{{ page }} {%x%} {50_%}"),
        ("fr", "## Prix {#prix}", '<h2 id="prix">Prix</h2>'),
        ("fr", "*a*{lang=en}", '<em lang="en">a</em>'),
        ("fr", "- a {x=1}", "<ul><li>a {x=1}</li></ul>"),
    ),
    "anchors": (
        ("fr", "## Œil et cœur", '<h2 id="oeil-et-coeur">Œil et cœur</h2>'),
        ("fr", "## L'été 2026 : suite", '<h2 id="l-ete-2026-suite">L’été 2026_: suite</h2>'),
        ("fr", "## ß Ø Ł", '<h2 id="ss-o-l">ß Ø Ł</h2>'),
        ("fr", "## 🚀", '<h2 id="section">🚀</h2>'),
        ("fr", "## a\n\n## a", '<h2 id="a">a</h2><h2 id="a-1">a</h2>'),
        ("en", "## The FCC's rule", '<h2 id="the-fcc-s-rule">The FCC’s rule</h2>'),
        ("fr", "## Ça, c'est l'été !", '<h2 id="ca-c-est-l-ete">Ça, c’est l’été·!</h2>'),
        ("fr", "## 1. Le prix", '<h2 id="1-le-prix">1. Le prix</h2>'),
        ("fr", "## `code` et *mot*", '<h2 id="code-et-mot"><code>code</code> et <em>mot</em></h2>'),
        ("fr", "## [Un lien](https://e.org/)", '<h2 id="un-lien"><a href="https://e.org/">Un lien</a></h2>'),
        ("fr", "## <b>Gras</b>", '<h2 id="gras"><b>Gras</b></h2>'),
        ("fr", "## Æther & ŒUVRE", '<h2 id="aether-oeuvre">Æther &amp; ŒUVRE</h2>'),
        ("fr", "## Đà Nẵng, İstanbul ı", '<h2 id="da-nang-istanbul-i">Đà Nẵng, İstanbul ı</h2>'),
        ("fr", "## Αθήνα, Москва", '<h2 id="athena-moskva">Αθήνα, Москва</h2>'),
        ("fr", "## x² et H₂O", '<h2 id="x2-et-h2o">x² et H₂O</h2>'),
        ("fr", "## 12 800 km", '<h2 id="12-800-km">12·800_km</h2>'),
        ("fr", "## le 1 mai", '<h2 id="le-1-mai">le 1<sup>er</sup>_mai</h2>'),
        ("fr", "## Été\n\n## ete", '<h2 id="ete">Été</h2><h2 id="ete-1">ete</h2>'),
        ("fr", "## a-1\n\n## a\n\n## a", '<h2 id="a-1">a-1</h2><h2 id="a">a</h2><h2 id="a-2">a</h2>'),
        ("fr", "## a {#Été}", '<h2 id="a-ete">a {#Été}</h2>'),
        ("fr", "## main", '<h2 id="main-1">main</h2>'),
        ("fr", "## Prix[^n]\n\n[^n]: a", '<h2 id="prix">Prix<sup '),
        ("fr", "Le prix\n---", '<h2 id="le-prix">Le prix</h2>'),
        ("fr", "> ## Le prix", '<blockquote><h2 id="le-prix">Le prix</h2></blockquote>'),
        ("en", "## The “long” cable’s 50%", '<h2 id="the-long-cable-s-50">The “long” cable’s 50%</h2>'),
    ),
    "Markdown inside HTML": (
        ("fr", "<details>\nDu *Markdown*\n</details>", "<details>Du <em>Markdown</em></details>"),
        ("fr", "<details><summary>a</summary>Du *Markdown*</details>", "Du <em>Markdown</em></details>"),
        ("fr", "<details>\n\n- a\n\n</details>", "<details><ul><li>a</li></ul></details>"),
        ("fr", "<div>**a** `b` [c](https://e.org/)</div>", "<strong>a</strong> <code>b</code> <a href="),
        ("fr", "<div>\n- a\n- b\n</div>", "<div><ul><li>a</li><li>b</li></ul></div>"),
        ("fr", "<details>\n<summary>a</summary>\n- b ?\n</details>", "</summary><ul><li>b·?</li></ul></details>"),
        ("fr", "<details>\n  <summary>a</summary>\n    1. b\n    2. c\n</details>", "<ol><li>b</li><li>c</li></ol>"),
        ("fr", "<div>\n## Titre\n</div>", '<div><h2 id="titre">Titre</h2></div>'),
        ("fr", "<div>\n## Titre\nTexte\n</div>", '<div><h2 id="titre">Titre</h2><p>Texte</p></div>'),
        ("fr", "<div>\n> a\n</div>", "<div><blockquote><p>a</p></blockquote></div>"),
        ("fr", "<div>\n| a |\n|---|\n| 1 |\n</div>", "<td>1</td>"),
        ("fr", "<div>\n```py\nb = 1 ?\n```\n</div>", "<div><pre><code>b = 1 ?</code></pre></div>"),
        ("fr", "<div>\n***\n</div>", "<div><hr></div>"),
        (
            "fr",
            "<details>\nVoir :\n- a\n- b</details>",
            "<details><p>Voir_:</p><ul><li>a</li><li>b</li></ul></details>",
        ),
        ("fr", "<ul>\n<li>a - b</li>\n<li>\n- c\n</li>\n</ul>", "<ul><li>a - b</li><li><ul><li>c</li></ul></li></ul>"),
        ("fr", "<table>\n<tr><td>\n- a\n</td></tr>\n</table>", "<td><ul><li>a</li></ul></td>"),
        ("fr", '<div\n  title="a">\n- b\n</div>', '<div title="a"><ul><li>b</li></ul></div>'),
        ("fr", "<div>\n<!-- c -->\n- a\n</div>", "<div><ul><li>a</li></ul></div>"),
        ("fr", "<div>\nb[^n]\n- a\n</div>\n\n[^n]: c", "<ul><li>a</li></ul></div>"),
        ("fr", "<div>\n[a][b]\n\n[b]: https://e.org/\n</div>", '<a href="https://e.org/">a</a>'),
        ("fr", "> <div>\n> - a\n> </div>", "<blockquote><div><ul><li>a</li></ul></div></blockquote>"),
        ("fr", "- a\n  <details>\n  - b\n  </details>", "<details><ul><li>b</li></ul></details>"),
        ("fr", "<div>\nune ligne\net une autre\n</div>", "<div>une ligneet une autre</div>"),
        ("fr", "<pre>\n- a\n</pre>", "<pre>- a</pre>"),
        ("fr", "<pre>*a* ?</pre>", "<pre>*a* ?</pre>"),
        ("fr", "<div><pre>*a* ?</pre></div>", "<div><pre>*a* ?</pre></div>"),
        ("fr", "a <m:abc> <foo.bar> b", "a &lt;m:abc&gt; &lt;foo.bar&gt; b"),
    ),
    "decomposed accents": tuple(
        ("fr", unicodedata.normalize("NFD", typed), read)
        for typed, read in (
            ("Le procédé?", "Le procédé·?"),
            ("Février: été", "Février_: été"),
            ("## Été", '<h2 id="ete">Été</h2>'),
            ("le 3 février", "le 3_février"),
            ("« Été »", "«_Été_»"),
            ("**Été**?", "<strong>Été</strong>·?"),
            ("L'été à l'État", "L’été à l’État"),
            ("à côté: là!", "à côté_: là·!"),
            ("`Été`?", "<code>Été</code>·?"),
            ("[a](/fr/été)", '<a href="/fr/%C3%A9t%C3%A9">a</a>'),
            ("| é |\n|---|\n| à? |", "<td>à·?</td>"),
            ("## À côté\n\n[x](#a-cote)", '<h2 id="a-cote">À côté</h2><p><a href="#a-cote">x</a>'),
            ("a[^é]\n\n[^é]: là?", "<p>là·?"),
            ('<span lang="fr">été?</span>', '<span lang="fr">été·?</span>'),
            ("août et 3 août", "août et 3_août"),
            ("Île, ñ, ç, ö, ü, å", "Île, ñ, ç, ö, ü, å"),
            ("1 000 € à Évry", "1·000_€ à Évry"),
            ("Mme Élan, la 2nde été", "Mme_Élan, la 2<sup>nde</sup> été"),
            ("```\né ?\n```", "<pre><code>é ?</code></pre>"),
            ("&eacute;t&eacute;?", "été·?"),
            ("e&#769;te&#x301;?", "été·?"),
            ("<b>&#824;a</b>?", "<b>\u0338a</b>·?"),
        )
    ),
    "high punctuation": (
        ("fr", "(vrai?)", "(vrai·?)"),
        ("fr", "Quoi?!", "Quoi·?!"),
        ("fr", "Quoi !?", "Quoi·!?"),
        ("fr", "12 €?", "12_€·?"),
        ("fr", "58% ?", "58_%·?"),
        ("fr", "« Vrai? »", "«_Vrai·?_»"),
        ("fr", "« Vrai?»", "«_Vrai·?_»"),
        ("fr", "etc.; puis", "etc.·; puis"),
        ("fr", "Suite... ?", "Suite…·?"),
        ("fr", "Vrai?, dit-il", "Vrai·?, dit-il"),
        ("fr", "Une suite:", "Une suite_:"),
        ("fr", "à 12:30, ratio 3:1", "à 12:30, ratio 3:1"),
        ("fr", "?!", "?!"),
        ("en", "Why? (Really?)", "Why? (Really?)"),
    ),
    "as other programs write": (
        ("fr", "Un ~~ancien~~ prix ?", "Un <del>ancien</del> prix·?"),
        ("fr", "~~**a** ?~~ et ~ 5 ~~", "<del><strong>a</strong>·?</del> et ~ 5 ~~"),
        ("fr", "`~~a~~`", "<code>~~a~~</code>"),
        ("fr", "`` ` `` et ``a`b", "<code>`</code> et ``a`b"),
        ("fr", "` a ` et `b `", "<code>a</code> et <code>b </code>"),
        ("fr", "`a\nb`?", "<code>a b</code>·?"),
        ("fr", r"\&nbsp; \& \<b>", "&amp;nbsp; &amp; &lt;b&gt;"),
        ("fr", r"[a](https://e.org/?a=1\&lang=2)", '<a href="https://e.org/?a=1&amp;lang=2">a</a>'),
        ("en", "[`a b`][]\n\n[`a b`]: https://e.org/", '<a href="https://e.org/"><code>a b</code></a>'),
        ("en", "[The `a` c]\n\n[the `a` c]: https://e.org/", '<a href="https://e.org/">The <code>a</code> c</a>'),
        ("fr", "a\u2009? b\u2009: c", "a·? b_: c"),
        ("fr", "12\u2009345 km", "12·345_km"),
        ("fr", "«\u2009a\u2009»", "«_a_»"),
        ("fr", "«\u202fa\u202f»", "«_a_»"),
        ("fr", "a\u00a0? b \u00a0: c", "a·? b_: c"),
        ("fr", "ligne\\\nsuite", "ligne<br>suite"),
        ("fr", "Bravo 🚀! et 🚀 !", "Bravo 🚀·! et 🚀·!"),
        ("fr", "Ça va ;-) ou :-) ;)", "Ça va ;-) ou :-) ;)"),
        ("fr", "mot\u00ad-mot zero\u200bwidth ?", "mot\u00ad-mot zero\u200bwidth·?"),
        ("fr", "ﬁn ? שלום?", "ﬁn·? שלום·?"),
        ("fr", "<!-- Word --> a ?", "a·?"),
        ("fr", "\ufeffa ?\r\nb", "a·?b"),
        ("fr", "l'« Amazon » et d'«Amazon»", "l’«_Amazon_» et d’«_Amazon_»"),
        ("fr", "« Il dit : « oui ». »", "«_Il dit_: «_oui_»._»"),
        ("en", "'90s, 'tis and dogs' tails", "'90s, 'tis and dogs' tails"),
        ("en", "I'd've, O'Neill's, FCC's", "I’d’ve, O’Neill’s, FCC’s"),
        ("en", "12\u2009km", "12_km"),
    ),
    "what is no sentence": (
        ("fr", "v1.2.3, C++ et C#, 16:9, 1/2", "v1.2.3, C++ et C#, 16:9, 1/2"),
        ("fr", "2001:db8::1 et ::1", "2001:db8::1 et ::1"),
        ("fr", "a:b.txt, C:\\Windows, a%b, %20", "a:b.txt, C:\\Windows, a%b, %20"),
        ("fr", "01 23 45 67 89, +33 1 23 45 67 89", "01 23 45 67 89, +33 1 23 45 67 89"),
        ("fr", "3D, 5G, H2O, CO2, 2016-2018", "3D, 5G, H2O, CO2, 2016-2018"),
        ("fr", "a -- b --- c", "a -- b --- c"),
        ("fr", "(?) [?] [!]", "(?) [?] [!]"),
        ("fr", "tel:+33123; b et ftp://e.org/a;b", "tel:+33123·; b et ftp://e.org/a;b"),
        ("fr", "a@b.fr; puis (https://e.org/a?b=1;c:d)", "a@b.fr·; puis (https://e.org/a?b=1;c:d)"),
        ("en", "Q3 of AT-T, v1.2.3, C++, 12:30, 5 p.m.", "Q3 of AT-T, v1.2.3, C++, 12:30, 5 p.m."),
        ("en", "$5 million, £400m, 21st, No.1", "$5_million, £400m, 21st, No.1"),
    ),
    "language tags": (
        ("fr", '<span lang="en-GB">it\'s 9 km</span>', '<span lang="en-GB">it’s 9_km</span>'),
        ("fr", '<span lang="EN">it\'s</span>', '<span lang="EN">it’s</span>'),
        ("fr", '<span lang="en_US">it\'s</span>', '<span lang="en_US">it’s</span>'),
        ("fr", '<span lang="de">Was ?</span>', '<span lang="de">Was ?</span>'),
        ("en", '<i lang="fr-CA">Quoi ?</i>', '<i lang="fr-CA">Quoi·?</i>'),
        ("en", '<p lang="FR">Quoi?</p>', '<p lang="FR">Quoi·?'),
    ),
    "units, ordinals, numbers": (
        ("fr", "10 ms, 5 Go, 3 kWh, 20 t, 4 m²", "10_ms, 5_Go, 3_kWh, 20_t, 4_m²"),
        ("fr", "300 Mo/s, 7 tr/min, 2 ans, 5 minutes", "300_Mo/s, 7_tr/min, 2_ans, 5_minutes"),
        ("fr", "XXIe siècle, IVe, Ier, Ve République", None),
        ("fr", "le XXIe siècle", "le XXI<sup>e</sup> siècle"),
        ("fr", "François Ier, la Ve", "François I<sup>er</sup>, la V<sup>e</sup>"),
        ("fr", "la 2nde", "la 2<sup>nde</sup>"),
        ("fr", "Le Xe, De, Ce, Me, Die, CIe", "Le Xe, De, Ce, Me, Die, CI<sup>e</sup>"),
        ("fr", "version 2.1 mai", "version 2.1 mai"),
        ("fr", "le 2,1 mai, 12/1 mai", "le 2,1 mai, 12/1 mai"),
        ("fr", "le 1 mai, le 1er mai", "le 1<sup>er</sup>_mai, le 1<sup>er</sup>_mai"),
        ("fr", "2019 600", "2019 600"),
        ("fr", "en 2019 600 personnes", "en 2019 600 personnes"),
        ("fr", "1 234 567, 12 8000", "1·234·567, 12 8000"),
        ("fr", "p. 12, n° 3", "p._12, n°_3"),
        ("fr", "pp. 12-14, § 3", "pp._12-14, §_3"),
        ("fr", "à 8 h, 8 h 30, 12 h-14 h, 8h30", "à 8_h, 8_h_30, 12_h-14_h, 8h30"),
        ("fr", "Pr Roux, Mgr Roux, De Gaulle", "Pr_Roux, Mgr_Roux, De Gaulle"),
        ("fr", "N.B.: a, etc.: b", "N.B._: a, etc._: b"),
        ("fr", "12 €/an, 5 %/an, 12 m2, −5 °C", "12_€/an, 5_%/an, 12_m2, −5_°C"),
        ("fr", "1 000 000,50 €, 12 800km", "1·000·000,50_€, 12·800km"),
        ("en", "10 ms, 5 GB, 300 kg, 3 trillion", "10_ms, 5_GB, 300_kg, 3_trillion"),
        ("en", "version 2.1 May", "version 2.1 May"),
    ),
}
CASES = [(kind, *case) for kind, cases in TYPED.items() for case in cases if case[2] is not None]


@pytest.mark.parametrize(("kind", "language", "typed", "read"), CASES, ids=lambda value: repr(value)[:40])
def test_what_is_typed_is_read_as_it_is_meant(kind: str, language: str, typed: str, read: str) -> None:
    found = shown(typed, language)
    assert read in found, f"{kind}: {found}"
    if "<" not in read:
        assert found == read


@pytest.mark.parametrize(
    ("typed", "line", "said"),
    [
        ("a\n\nb[^deux]", 3, "the note [^deux] has no text"),
        ("a[^un]\n\n[^un]:\n\nb", 1, "the note [^un] has no text"),
        ("a\n\n[^un]: b", 3, "the note [^un] is never called"),
        ("a[^un]\n\n[^un]: b\n[^un]: c", 4, "the note [^un] has two texts"),
        ("a[^un]\n\n[^un]: b[^deux]", 3, "the note [^deux] has no text"),
        ("- a[^x y]", 1, "the note [^x y] has no text"),
    ],
)
def test_a_note_with_one_side_missing_is_refused_with_its_line(typed: str, line: int, said: str) -> None:
    with pytest.raises(Invalid) as refusal:
        html_of(typed)
    assert (refusal.value.line, said in str(refusal.value.message)) == (line, True), refusal.value.message


@pytest.mark.parametrize("typed", ["`[^a]`", "\\[^a]", "```\n[^a]\n```", "a[^n]\n\n[^n]: b\n\n    c\n\nd[^n]"])
def test_what_is_no_note_and_notes_with_both_sides_are_not(typed: str) -> None:
    assert html_of(typed)


@pytest.mark.parametrize("sign", ["<<<<<<< HEAD", ">>>>>>> main", "||||||| base", "<<<<<<<"])
def test_what_a_merge_left_is_refused_and_named(sign: str) -> None:
    with pytest.raises(Invalid, match="merge") as refusal:
        frontmatter.decode(f"---\ntitle: a\n---\na\n{sign}\nb\n".encode())
    assert refusal.value.line == 5


# --- links ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("../jedi-frozen/index.fr.md", "article:jedi-frozen"),
        ("../jedi-frozen/index.en.md#prix", "article:jedi-frozen#prix"),
        ("../jedi-frozen/", "article:jedi-frozen"),
        ("../jedi-frozen", "article:jedi-frozen"),
        ("../../articles/jedi-frozen/index.fr.md", "article:jedi-frozen"),
        ("/content/articles/jedi-frozen/index.fr.md", "article:jedi-frozen"),
        ("index.en.md", "article:a"),
        ("article:jedi-frozen#x", "article:jedi-frozen#x"),
        ("/fr/a-propos/", "/fr/a-propos/"),
        ("https://example.org/", "https://example.org/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("#ici", "#ici"),
    ],
)
def test_a_link_leads_where_its_author_means(typed: str, address: str) -> None:
    assert f'<a href="{address}">x</a>' in html_of(f"## Ici\n\n[x]({typed})")


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("www.example.org", "https://www.example.org"),
        ("example.org/a", "https://example.org/a"),
        ("#nulle-part", "heading"),
        ("autre/", "article:<folder name>"),
        ("../../topics/fibre/index.fr.md", "starts with /"),
        ("cable.jpg", "starts with /"),
        ("", "starts with /"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused_with_its_line(typed: str, remedy: str) -> None:
    with pytest.raises(Invalid, match="leads nowhere") as refusal:
        html_of(f"Un.\n\n[x]({typed})")
    assert (refusal.value.line, remedy in str(refusal.value.remedy)) == (3, True), refusal.value.remedy


#: Links from “first-crew” that the site of the tests has no place for, and what is advised.
DEAD = (
    ("/fr/articles/inexistant/", ""),
    ("/fr/articles/le-marche-est-conteste", "/fr/articles/le-marche-est-conteste/"),
    ("/fr/articles/le-marche-est-conteste/#nulle-part", ""),
    ("article:cloud-ruling#inconnu", ""),
    ("/fr/lexique/#inconnu", ""),
    ("/fr/lexique/#ftthh", "“ftth”"),
    ("/en/glossary/#lexique", ""),
    ("/fr/acteurs/#inconnu", ""),
    ("/fr/annonces/#inconnue", ""),
    ("/fr/#nouveautes", ""),
    ("/fr/articles/#page", ""),
    ("/fr/recherche/#resultats", ""),
    ("/fr/sujets/#fibre", ""),
    ("/fr/archives/1999/", ""),
    ("/fr/articles/rss.xm", ""),
    ("/media/articles/first-crew/absent.png", ""),
    ("#corrected", ""),
    ("article:cloud-ruling#corrected", ""),
    ("https://example.org/fr/articles/inexistant/", ""),
    ("HTTPS://EXAMPLE.ORG/fr/lexique/#inconnu", ""),
    ("//example.org/fr/inexistant/", ""),
    ("https://example.org/inexistant.html", ""),
)


def add_to(site: Site, address: str) -> tuple[Path, int]:
    """Add a link to the French text of an article; return its file and line."""
    path = site.article("first-crew", "fr")
    path.write_text(f"{path.read_text(encoding='utf-8')}\n[x]({address})\n", encoding="utf-8")
    return path, path.read_text(encoding="utf-8").count("\n")


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Site:
    """Return a site that is built, to which links are added."""
    site = make_site(tmp_path_factory.mktemp("linked") / "site", write_small_site)
    build(site, SITEURL="https://example.org")
    return site


@pytest.mark.parametrize(("typed", "advice"), quick(5, DEAD))
def test_a_build_refuses_a_link_to_what_it_does_not_publish(
    linked: Site, build: Build, typed: str, advice: str
) -> None:
    good = linked.article("first-crew", "fr").read_text(encoding="utf-8")
    path, line = add_to(linked, typed)
    try:
        with pytest.raises(SystemExit) as refusal:
            build(linked, SITEURL="https://example.org")
    finally:
        path.write_text(good, encoding="utf-8")
    assert f"index.fr.md:{line}:" in str(refusal.value)
    assert advice in str(refusal.value)


def cite_in_article(site: Site, address: str) -> Path:
    path = site.article("first-crew", "fr")
    set_value(path, "sources", [{"publisher": "Nous", "date": "2016", "language": "fr", "url": address}])
    return path


def cite_of_player(site: Site, address: str) -> Path:
    source = {"publisher": "Nous", "date": "2016", "language": "fr", "url": address}
    return added(site.content / "entities.yaml", {"us": {**player("company", "Nous"), "source": source}})


def cite_as_proof(site: Site, address: str) -> Path:
    source = {"publisher": "Nous", "date": "2026", "language": "fr", "archive": address}
    thread = next(folder.name for folder in sorted((site.content / "threads").iterdir()))
    return added(
        site.content / "claims.yaml", {"us": claim(thread, "2016", "a", verdict("dropped", "2020", source, "a"))}
    )


def added(path: Path, more: dict[str, object]) -> Path:
    """Add entries to a register."""
    path.write_text(path.read_text(encoding="utf-8") + front_matter(more), encoding="utf-8")
    return path


@pytest.mark.parametrize("cite", [cite_in_article, cite_of_player, cite_as_proof])
def test_a_build_refuses_a_source_of_the_site_itself_that_is_not_there(
    linked: Site, build: Build, cite: Callable[[Site, str], Path]
) -> None:
    files = [linked.article("first-crew", "fr"), *(linked.content / f"{name}.yaml" for name in ("claims", "entities"))]
    good = {path: path.read_text(encoding="utf-8") for path in files}
    alive, dead = "https://example.org/fr/lexique/#ftth", "https://example.org/fr/articles/inexistant/"
    try:
        path = cite(linked, alive)
        build(linked, SITEURL="https://example.org")
        path.write_text(path.read_text(encoding="utf-8").replace(alive, dead), encoding="utf-8")
        with pytest.raises(SystemExit) as refusal:
            build(linked, SITEURL="https://example.org")
        lines = path.read_text(encoding="utf-8").split("\n")
        line = next(number for number, text in enumerate(lines, start=1) if dead in text)
    finally:
        for file, text in good.items():
            file.write_text(text, encoding="utf-8")
    assert f".{path.suffix[1:]}:{line}:" in str(refusal.value)
    assert f"the link “{dead}” leads nowhere. Did you mean “https://example.org/fr/" in str(refusal.value)


ALIVE = (
    "/fr/lexique/#ftth",
    "/fr/lexique/",
    "/fr/#top",
    "/fr/#board",
    "/",
    "/fr/articles/le-marche-est-conteste/#:~:text=march%C3%A9",
    "/fr/articles/le-marche-est-conteste/#main",
    "/fr/recherche/?q=fibre",
    "/fr/rss.xml",
    "#main",
    "#top",
    "https://example.org/fr/lexique/#ftth",
    "https://example.org",
    "https://example.org/",
    "https://elsewhere.example/fr/inexistant/#rien",
    "https://sub.example.org/inexistant/",
)


def test_links_to_all_that_there_is_are_published_at_first_and_again(linked: Site, build: Build) -> None:
    """The second build finds the pages that links lead into on disk, where the first one has just made them."""
    path = linked.article("first-crew", "fr")
    good = path.read_text(encoding="utf-8")
    try:
        add_to(linked, ALIVE[0])
        build(linked, SITEURL="https://example.org")
        for address in ALIVE[1:]:
            add_to(linked, address)
        build(linked, SITEURL="https://example.org")
        glossary = linked.content / "glossary.yaml"
        terms = glossary.read_text(encoding="utf-8")
        glossary.write_text(terms.replace("ftth:", "ftthx:"), encoding="utf-8")
        with pytest.raises(SystemExit, match="/fr/lexique/#ftth"):
            build(linked, SITEURL="https://example.org")
        glossary.write_text(terms, encoding="utf-8")
    finally:
        path.write_text(good, encoding="utf-8")


@pytest.mark.parametrize(
    "typed",
    ["http://localhost:8000/fr/", "//localhost/fr/", "HTTPS://Localhost"],
)
def test_a_link_into_the_preview_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="leads nowhere"):
        html_of(f"[x]({typed})")


ALL_AT_ONCE = """\
Un lien [mort](autre/) et `autre/`, un [autre](autre/).

Une note[^a], ![](https://e.org/a.png) et ![](cable.jpg).

<a href="#rien">Là</a> et [là](#rien), encore [^a].

![a](prix.yaml) dans une ligne&#27;.

[^b]: Jamais appelée.
"""


def test_all_that_is_wrong_with_a_body_is_told_at_once_with_its_line() -> None:
    with pytest.raises(Invalid) as refusal:
        html_of(ALL_AT_ONCE)
    told = sorted((each.line, str(each.message)) for each in refusal.value.each)
    assert told == [
        (1, "the link “autre/” leads nowhere."),
        (1, "the link “autre/” leads nowhere."),
        (3, "<img> shows “https://e.org/a.png” from elsewhere."),
        (3, "the note [^a] has no text."),
        (3, "the picture “cable.jpg” has no text."),
        (5, "the link “#rien” leads nowhere."),
        (5, "the link “#rien” leads nowhere."),
        (7, "a figure stands in a paragraph of its own."),
        (7, "the character U+001B cannot be published."),
        (9, "the note [^b] is never called."),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "[<https://e.org/in>](https://e.org/out)",
        '<a href="https://e.org/out">[x](https://e.org/in)</a>',
        '<a href="https://e.org/out">**[x](https://e.org/in)**</a>',
    ],
)
def test_a_link_around_another_is_told_since_browsers_leave_it_empty(typed: str) -> None:
    with pytest.raises(Invalid, match=r"“https://e\.org/out” holds nothing but another link") as refusal:
        html_of(f"Un.\n\n{typed}")
    assert [each.line for each in refusal.value.each] == [3]


@pytest.mark.parametrize(
    "typed",
    ["[x](a\\_b/)", "[x](<a_b/>)", "[x](a_b/ 'c')", '<a href="a_b/">x</a>', "[x][y]\n\n[y]: a_b/", "[x](a_b/?c&amp;d)"],
)
def test_a_dead_link_is_found_as_it_is_written(typed: str) -> None:
    with pytest.raises(Invalid, match="leads nowhere") as refusal:
        html_of(f"Le dossier a_b/ reste.\n\n{typed}")
    assert refusal.value.line == (5 if "]:" in typed else 3)


# --- no letter lost ------------------------------------------------------------------------------

#: What rules may change or put in: spaces, apostrophes, dots, the letters of 1er.
_MARKS = re.compile(
    r"[\s’'….]|er(?=\s*(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre))"
)
_PIECES = (
    *("Un mot", " été ", "«", "»", "*", "**", "_", "`", "[a](https://e.org/)", "?", " ?", ":", ";", "!", "12 800 km"),
    *("\n", "\n\n", "- ", "  - ", "1. ", "> ", "## ", "| a | b |\n|---|---|\n", "{a}", "{#b}", "<b>", "</b>", "(", ")"),
    *(
        "l'",
        "1 juin",
        "XXIe",
        "https://e.org/a...b",
        "<https://e.org/>",
        "58%",
        "...",
        "—",
        "M. D",
        '<i lang="en">',
        "</i>",
    ),
)


def letters(text: str) -> list[str]:
    return sorted(char for char in text if char.isalnum())


@examples(400)
@given(
    st.lists(
        st.sampled_from(("Un mot", " ", "été", "12 800 km", "«", "»", "?", "l'a", "\n\n", "fin...", "58%")), max_size=12
    )
)
def test_no_letter_of_plain_prose_is_lost(parts: list[str]) -> None:
    text = "".join(parts)
    assert _MARKS.sub("", words_of(html_of(text))) == _MARKS.sub("", text)


@examples(300)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join), st.sampled_from(["fr", "en"]))
def test_setting_changes_no_letter_whatever_the_markup(text: str, language: str) -> None:
    try:
        there = words_of(converter(language).convert(text, MEDIA).html)
    except Invalid:
        return
    plain = words_of(converter("de").convert(text, MEDIA).html)
    assert _MARKS.sub("", there) == _MARKS.sub("", plain)


_PROSE = (
    "Un mot",
    " ",
    "é",
    "«",
    "»",
    "*",
    "?",
    ":",
    "12 800 km",
    "\n\n",
    "l'",
    "1 juin",
    "XXIe",
    "58%",
    "...",
    "(",
    ")",
)


@examples(300)
@given(st.lists(st.sampled_from(_PROSE), max_size=12).map("".join), st.sampled_from(["fr", "en"]))
def test_a_text_that_is_set_is_set_no_more(text: str, language: str) -> None:
    """The words that come out, typed again, come out the same."""
    once = words_of(converter(language).convert(text, MEDIA).html)
    typed = "\n\n".join(re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", line) for line in once.split("\n"))
    assert words_of(converter(language).convert(typed, MEDIA).html).split() == once.split()
