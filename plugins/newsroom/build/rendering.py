"""Rendering a template, and telling which template and line an error is in."""

from typing import Any

from jinja2 import Environment, TemplateError

from newsroom.languages import SOURCE_LANGUAGE
from newsroom.problems import Problem, Problems
from newsroom.sentences import say
from newsroom.text.foreign_words import say_language


def render(environment: Environment, name: str, **context: Any) -> str:
    """Return the template ``name`` rendered with ``context``.

    Raises :class:`Problems` for an error of the template, with its file and line.
    """
    try:
        return environment.get_template(name).render(**context)
    except TemplateError as error:
        line = getattr(error, "lineno", None) or _line_in_template(error)
        place = getattr(error, "name", None) or name
        problem = Problem(
            f"theme/templates/{place}",
            line,
            "",
            say("{reason}.", reason=error.message or ""),
            say("Mend the template."),
        )
        raise Problems([problem]) from error


def render_html(environment: Environment, name: str, **context: Any) -> str:
    """Return the template ``name`` rendered as :func:`render` does, words of the source language said to be so."""
    return say_language(render(environment, name, **context), SOURCE_LANGUAGE)


def _line_in_template(error: BaseException) -> int:
    """Return the line of the innermost template frame of a traceback; Jinja rewrites them so."""
    line, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(".html"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
