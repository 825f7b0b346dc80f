"""Reading a text with Liquid fields, and filling it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TextIO
from zoneinfo import ZoneInfo

from liquid import BoundTemplate, Environment, FalsyStrictUndefined, RenderContext
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.echo_tag import EchoNode, EchoTag
from liquid.exceptions import LiquidError
from liquid.stringify import to_liquid_string

from .errors import BadText, CannotFill
from .filters import LIQUID, office_filters
from .guard import cleaned, closed

TAGS = frozenset(["#", "assign", "break", "capture", "case", "comment", "continue", "echo", "for", "if", "unless"])
_PARTS = frozenset({"content", "output", "illegal"})  # the library's names for what is not a tag
JAKARTA = ZoneInfo("Asia/Jakarta")
LONGEST = 100_000  # characters of a text, and of what is put into it


class Absent(FalsyStrictUndefined):
    """A field that is not there: false in a condition, replaced by `default`, an error when it is written."""

    force_liquid_default = True


class GuardedNode(OutputNode):
    """Writes a value so that it cannot become markup."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write(closed(to_liquid_string(self.expression.evaluate(context), False)))


class GuardedEcho(EchoNode):
    """The same for `echo`."""

    render_to_output = GuardedNode.render_to_output


class _Output(Output):
    node_class = GuardedNode


class _Echo(EchoTag):
    node_class = GuardedEcho


class Limited(Environment):
    """Liquid with the limits of the house: what an office writes must never hang or fill the server."""

    context_depth_limit = 12
    loop_iteration_limit = 5_000
    local_namespace_limit = LONGEST
    output_stream_limit = 4 * LONGEST


@dataclass(frozen=True)
class Field:
    """A field that a text reads: its dotted path and the line of its first use."""

    path: str
    line: int


@dataclass(frozen=True)
class Text:
    """A text that has been read and can be filled."""

    source: str
    fields: tuple[Field, ...]

    @cached_property
    def paths(self) -> frozenset[str]:
        """The dotted paths of the fields; what a loop or an assignment names itself is not among them."""
        return frozenset(field.path for field in self.fields)

    def fill(self, facts: Mapping[str, object], *, lang: str = "id", zone: ZoneInfo = JAKARTA, guarded: bool = False) -> str:
        """The text with the facts in it.

        Facts are checked Python values (text, numbers, dates, lists, mappings). With `guarded` the values travel closed (see
        `opened`), for texts whose markup is read afterwards. Raises CannotFill with the line, BadFact with the place.
        """
        given = cleaned(facts)
        try:
            return _parsed(self.source, lang, zone, guarded).render(given)
        except (LiquidError, ArithmeticError, ValueError, TypeError, RecursionError) as wrong:
            raise CannotFill(line=_line(wrong), reason=_reason(wrong)) from wrong


@lru_cache(maxsize=256)
def read(source: str) -> Text:
    """Read a text. Raises BadText with the line: a tag that is not closed, an unknown tag or filter, a text that is too long."""
    if len(source) > LONGEST:
        raise BadText(line=1, reason=f"the text has more than {LONGEST} characters")
    try:
        analysis = _parsed(source, "id", JAKARTA, False).analyze()
    except (LiquidError, RecursionError) as wrong:
        raise BadText(line=_line(wrong), reason=_reason(wrong)) from wrong
    for name, spans in analysis.filters.items():
        if name not in FILTERS:
            raise BadText(line=_line_at(source, spans[0].index), reason=f"there is no filter “{name}”")
    used = (variable for variables in analysis.globals.values() for variable in variables)
    first: dict[str, int] = {}
    for variable in sorted(used, key=lambda variable: variable.span.index):
        first.setdefault(_path(variable.segments), _line_at(source, variable.span.index))
    return Text(source, tuple(Field(path, line) for path, line in first.items()))


@lru_cache(maxsize=16)
def _environment(lang: str, zone: ZoneInfo, guarded: bool) -> Environment:
    made = Limited(undefined=Absent, strict_filters=True)
    made.tags = {name: tag for name, tag in made.tags.items() if name in TAGS | _PARTS}
    made.filters = {name: made.filters[name] for name in LIQUID} | office_filters(lang, zone)
    if guarded:
        made.add_tag(_Output)
        made.add_tag(_Echo)
    return made


@lru_cache(maxsize=256)
def _parsed(source: str, lang: str, zone: ZoneInfo, guarded: bool) -> BoundTemplate:
    return _environment(lang, zone, guarded).from_string(source)


def _path(segments: Sequence[object]) -> str:
    """The named part of a path: `rows[0].name` reads `rows`."""
    names = []
    for segment in segments:
        if not isinstance(segment, str):
            break
        names.append(segment)
    return ".".join(names)


def _line_at(source: str, index: int) -> int:
    return source.count("\n", 0, index) + 1


def _line(wrong: Exception) -> int:
    token = getattr(wrong, "token", None)
    return _line_at(token.source, token.start_index) if token is not None and token.start_index >= 0 else 1


def _reason(wrong: Exception) -> str:
    if isinstance(wrong, RecursionError):
        return "the tags are nested too deep"
    return str(wrong.message if isinstance(wrong, LiquidError) else wrong) or type(wrong).__name__


FILTERS = frozenset(LIQUID) | frozenset(office_filters("id", JAKARTA))
