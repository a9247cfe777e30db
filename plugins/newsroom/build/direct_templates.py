"""Templates that are compiled to plain calls.

Jinja asks of every call in a template, as it is rendered, whether the function wants the context; it looks every
import up again for each page, and copies a macro's text each time a macro holds another. The templates of the theme
have no function that wants the context, and all that they import sees the same globals (decision 43). So a call is
compiled to a call, and a module is looked up once; what a template may say and what it means stay Jinja's.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from keyword import iskeyword
from types import FunctionType
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape


def written(value: object) -> str:
    """Return ``value`` as it stands in HTML: escaped, unless it is HTML or has nothing to escape."""
    if isinstance(value, Markup):
        return value
    if not isinstance(value, str) and hasattr(value, "__html__"):
        return escape(value)
    text = str(value)
    return escape(text) if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text else text


def direct(macro: Macro, function: FunctionType) -> Callable[..., str]:
    """Return what calls ``macro``, which Jinja has compiled to ``function``.

    Nearly all macros are called with arguments in their order: these are passed on as they are.
    """
    if macro.caller or macro.catch_varargs or macro.catch_kwargs:
        return macro
    function.__defaults__ = (missing,) * len(macro.arguments)  # by which the function knows that they were not given

    def call(*args: object, **kwargs: object) -> str:
        return macro(*args, **kwargs) if kwargs else str.__new__(Markup, function(*args))

    return call


class DirectCode(CodeGenerator):
    """Compiles a template: calls without the context, macros and escapes as they are above."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        self.writeline(f"from {__name__} import {direct.__name__}, {written.__name__}")
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write("(")
        for before, value, after in _arguments(node):
            self.write(before)
            self.visit(value, frame)
            self.write(after)
        self.write("caller=caller)" if forward_caller else ")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write(f"{direct.__name__}(")
        super().macro_def(macro_ref, frame)
        self.write(", macro)")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(f"{written.__name__}(")


def _arguments(node: nodes.Call) -> Iterator[tuple[str, nodes.Expr, str]]:
    """Yield the arguments of a call, with what is written before and after each of them."""
    for value in node.args:
        yield "", value, ", "
    if node.dyn_args:
        yield "*", node.dyn_args, ", "
    for named in node.kwargs:
        if iskeyword(named.key):  # "class" and other words of Python, which name no argument there
            yield f"**{{{named.key!r}: ", named.value, "}, "
        else:
            yield f"{named.key}=", named.value, ", "
    if node.dyn_kwargs:
        yield "**", node.dyn_kwargs, ", "


class DirectEnvironment(Environment):
    """An environment whose templates see its globals and no others, and which loads each of them once."""

    code_generator_class = DirectCode

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._loaded: dict[str, Template] = {}

    def with_more(self, filters: Mapping[str, Callable[..., Any]], shared: Mapping[str, Any]) -> "DirectEnvironment":
        """Return an environment with these filters and globals besides; it compiles no template by itself."""
        found = self.overlay()
        found.filters, found.globals = {**self.filters, **filters}, {**self.globals, **shared}
        found._loaded = {}
        return found

    def compile(self, *args: Any, **kwargs: Any) -> Any:
        """Compile in the environment that this one was made from: what is constant there is so in every language."""
        return self.linked_to.compile(*args, **kwargs) if self.linked_to else super().compile(*args, **kwargs)

    def get_template(self, name: Any, *_: Any, **__: Any) -> Template:
        """Return a template, without globals of its own."""
        if name not in self._loaded:
            self._loaded[name] = super().get_template(name)
        return self._loaded[name]

    def make_globals(self, _: Any) -> Any:
        """Return the globals of every template."""
        return self.globals


class SiteEnvironment(DirectEnvironment, ABC):
    """One from which those of the languages are made."""

    @abstractmethod
    def of_site(self, site: Any, **shared: Any) -> DirectEnvironment:
        """Return the environment in which every template sees ``site``, which all pages of a language share."""
