"""From a tool's placeholders to those of a script. What has no meaning here becomes a blank that the desk asks for, so
that a customer never hears it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from servkit.exchange.vocabulary import FIRST_NAME, LAST_NAME, NAME
from servkit.scripts.fill import is_simple, placeholders
from servkit.scripts.filled_script import ScriptError
from servkit.scripts.foreign_blanks import foreign_blanks, placeholder
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.book.settings import Settings
    from servkit.exchange.vocabulary import Vocabulary

#: What is said where a name is not known, so that a greeting stays one.
FALLBACKS = {"en": "there", "de": "und guten Tag", "es": "y buenos días", "fr": "et bienvenue"}
_ROOTS = frozenset({"customer", "agent", "book", "facts", "terms"})
#: Each looks no further than the next that is opened, so that many that nothing closes take no time.
_SPAN = re.compile(r"\{\{-?((?:(?!\{\{|\}\}).)*?)-?\}\}|\{%-?((?:(?!\{%|%\}).)*?)-?%\}", re.DOTALL)
_HASH = re.compile(r"#\{([^{}\n]{1,80})\}")
_FIELD = re.compile(r"\[\[\s*(\w{1,80})(?:\.\w+)?\s*\]\]|\{\{\s*(\w{1,80})(?:\.\w+)?\s*\}\}")
_DOTTED = re.compile(r"(\"[^\"]*\"|'[^']*')|(?<![\w.\"'])([A-Za-z_][\w-]*(?:\.[\w-]+)*)")
#: What stands before the name of a field that a company has made.
_FIELDS = frozenset({"custom_attribute", "custom_attributes", "custom_field", "custom_fields", "attributes"})
_ASCII, _CAMEL = re.compile(r"[a-z0-9]+"), re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAME = re.compile(r"\s*([A-Za-z_][\w-]*(?:\.[\w-]+)*)\s*\Z")
_FILLED = re.compile(r"\{\{ ([a-z][\w.]*)(?: \| default: \"[^\"]*\")? \}\}")
#: Words that Liquid understands, wherever they stand.
_WORDS = frozenset(
    [
        "if",
        "elsif",
        "else",
        "endif",
        "unless",
        "endunless",
        "case",
        "when",
        "endcase",
        "for",
        "endfor",
        "in",
        "assign",
        "capture",
        "endcapture",
        "contains",
        "and",
        "or",
        "not",
        "true",
        "false",
        "nil",
        "null",
        "empty",
        "blank",
        "break",
        "continue",
        "limit",
        "offset",
        "reversed",
        "raw",
        "endraw",
        "comment",
        "endcomment",
    ]
)
_BRACE_BEFORE = re.compile(r"\{(?=\{\{ )")
_OPENERS = re.compile(r"\{(?=[{%#])")


class Translated(NamedTuple):
    """A text for a script. ``blanks`` are what the desk will be asked for, by what the tool calls them; ``unknown`` is
    what could not be translated and stands in the text as it was. ``bare`` are attributes of the customer that have
    nothing to say where they are not known."""

    text: str
    blanks: Mapping[str, str]
    unknown: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


def translate(
    text: str, vocabulary: Vocabulary, settings: Settings, language: str, defaults: Mapping[str, str] | None = None
) -> Translated:
    """A reply's text as a script has it. ``defaults`` are what the reply itself takes where nothing is said, by the
    tool's names."""
    return _Translation(vocabulary, settings, language, defaults or {}).of(text)


class _Translation:
    def __init__(self, vocabulary: Vocabulary, settings: Settings, language: str, defaults: Mapping[str, str]) -> None:
        self.vocabulary, self.settings, self.language, self.defaults = vocabulary, settings, language, defaults
        self.blanks: dict[str, str] = {}
        self.unknown: list[str] = []
        self.bare: dict[str, None] = {}

    def of(self, text: str) -> Translated:
        notation = self.vocabulary.notation
        if notation == "form":
            text = self._form(text)
        elif _OPENERS.search(text):
            text = self._liquid(text)
        if notation == "hash":
            text = _HASH.sub(lambda found: self._output(found[1].strip()), text)
        text = self._foreign(text)
        if _OPENERS.search(text):  # a brace that stood before a blank
            text = _BRACE_BEFORE.sub('{{ "{" }}', text)
        return Translated(text, self.blanks, tuple(dict.fromkeys(self.unknown)), tuple(self.bare))

    def _liquid(self, text: str) -> str:
        """A text with Liquid in it. Braces that nothing closes are only braces; where Liquid can't read the rest, so
        are all."""
        pieces, end = [], 0
        for found in _SPAN.finditer(text):
            pieces += [_escaped(text[end : found.start()]), self._span(found)]
            end = found.end()
        done = "".join([*pieces, _escaped(text[end:])])
        if _OPENERS.search(text, end):
            self.unknown.append("{{")
        try:
            placeholders(done)
        except ScriptError:
            self.unknown += [found[0] for found in _SPAN.finditer(text)][:3]
            self.blanks.clear()
            return _escaped(text)
        return done

    def _span(self, found: re.Match[str]) -> str:
        if found[1] is None:
            return f"{{% {self._renamed(found[2]).strip()} %}}"
        bare, own = _NAME.match(found[1]), self.vocabulary.notation == "own"
        if own and (bare is None or not self._is_foreign(bare[1])) and is_simple(found[0]):
            return found[0]
        if bare is not None and self.vocabulary.notation in ("own", "liquid"):
            return self._output(bare[1])
        if bare is not None:  # of another program than this tool
            return self._guessed(found[0]) or self._output(bare[1])
        renamed = self._renamed(found[1]).strip()
        name, bar, rest = renamed.partition("|")
        if bar and name.strip() in (FIRST_NAME, NAME) and "default" not in rest and self._fallback():
            return f'{{{{ {name.strip()} | default: "{self._fallback()}" | {rest.strip()} }}}}'
        return f"{{{{ {renamed} }}}}"

    def _fallback(self) -> str | None:
        return FALLBACKS.get(self.language.partition("-")[0])

    def _guessed(self, blank: str) -> str | None:
        """A placeholder of an unknown program, where its words say what it means."""
        advice = _FILLED.fullmatch(placeholder(blank) or "")
        if advice is None:
            return None
        return self._filled(advice[1] if "." in advice[1] else self._free(advice[1], blank), None)

    def _renamed(self, inside: str) -> str:
        """The tool's names among the words of a placeholder with filters, or of a tag."""

        def renamed(found: re.Match[str]) -> str:
            name = found[2]
            if name is None or not self._is_foreign(name):
                return found[0]
            return self._ours(name)

        return _DOTTED.sub(renamed, inside)

    def _is_foreign(self, name: str) -> bool:
        root = name.partition(".")[0]
        return name in self.vocabulary.meanings or (root in self.vocabulary.roots and "." in name)

    def _form(self, text: str) -> str:
        pieces, end = [], 0
        for found in _FIELD.finditer(text):
            pieces += [_escaped(text[end : found.start()]), self._output(found[1] or found[2])]
            end = found.end()
        return "".join([*pieces, _escaped(text[end:])])

    def _output(self, name: str) -> str:
        """A placeholder that prints a name."""
        if self.vocabulary.notation == "liquid" and not self._is_foreign(name) and "." not in name:
            return self._filled(self._free(name, name), None)
        return self._filled(self._ours(name), self.defaults.get(name))

    def _filled(self, ours: str, fallback: str | None) -> str:
        if fallback is None and ours in (FIRST_NAME, NAME):
            fallback = self._fallback()
        if fallback is None or any(mark in fallback for mark in '"\\{}\n'):
            self.bare |= {ours: None} if ours.startswith("customer.") and ours != "customer.id" else {}
            return f"{{{{ {ours} }}}}"
        return f'{{{{ {ours} | default: "{fallback}" }}}}'

    def _ours(self, name: str) -> str:
        """What a script calls something of the tool."""
        meaning = self.vocabulary.meanings.get(name) or self._own_field(name)
        if meaning == LAST_NAME:
            meaning = meaning if "last_name" in self.settings.names else "last_name"
        if meaning is not None and "." in meaning:
            return meaning
        return self._free(meaning or _blank_name(name), name)

    def _own_field(self, name: str) -> str | None:
        """A field of the customer that both the tool and the book have."""
        prefix = self.vocabulary.own_fields
        field = name.removeprefix(prefix) if prefix and name.startswith(prefix) else ""
        known = self.settings.names.get(field)
        return f"customer.{field}" if known is not None and not known.fact else field or None

    def _free(self, blank: str, name: str) -> str:
        """A blank's name. What the book knows under it, it fills."""
        known = self.settings.names.get(blank)
        if known is not None:
            return f"facts.{blank}" if known.fact else f"customer.{blank}"
        if blank in _ROOTS or blank in _WORDS or not blank[:1].isalpha():
            blank = f"the_{blank}"
        self.blanks[name] = blank
        return blank

    def _foreign(self, text: str) -> str:
        """Blanks of other programs among the words, such as ``[NAME]``."""
        out, end = [], 0
        for blank in foreign_blanks(text, self.language):
            written = self._guessed(blank.text)
            if written is None:
                self.unknown.append(blank.text)
            out += [text[end : blank.start], written or blank.text]
            end = blank.start + len(blank.text)
        return "".join([*out, text[end:]])


def _blank_name(name: str) -> str:
    """A name for the desk to be asked by: the last words of the tool's."""
    words = [_ASCII.findall(fold(_CAMEL.sub(" ", part))) for part in name.split(".") if part not in _FIELDS]
    words = [part for part in words if part] or [["blank"]]
    last = words[-1] if len(words[-1]) > 1 or len(words) == 1 else [*words[-2][-2:], *words[-1]]
    return "_".join(last[-4:]) or "blank"


def _escaped(text: str) -> str:
    """Braces that are only braces, so that Liquid prints them."""
    return _OPENERS.sub('{{ "{" }}', text)
