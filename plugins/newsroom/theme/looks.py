"""What a page holds of the style sheet of its kind, and the policy that lets it be used."""

from msgspec import Struct

from newsroom.theme.assets import Assets
from newsroom.theme.content_security import page_policy
from newsroom.theme.used_style import Rule, names_in, parse_style, used_style


class Look(Struct, frozen=True):
    """How a page looks: its style sheet, and the Content-Security-Policy that allows it."""

    style: str
    policy: str


class Looks:
    """How the pages of a build look; those that use the same rules share one style sheet."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets
        self._rules: dict[str, tuple[Rule, ...]] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._made: dict[tuple[str, frozenset[str]], Look] = {}

    def of(self, kind: str, body: str) -> Look:
        """Return what a page of this kind, with this ``body``, holds."""
        if kind not in self._rules:
            self._rules[kind] = parse_style(self._assets.style_of(kind))
            self._names[kind] = frozenset().union(*(rule.names for rule in self._rules[kind]))
        names = names_in(body) & self._names[kind]
        if (kind, names) not in self._made:
            style = used_style(self._rules[kind], names)
            self._made[kind, names] = Look(style, page_policy([self._assets.script], [style]))
        return self._made[kind, names]
