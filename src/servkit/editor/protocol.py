"""From values of servkit to those of the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from servkit.lint.rule import all_rules

if TYPE_CHECKING:
    from servkit.editor.completion import Proposal
    from servkit.editor.outline import Part
    from servkit.editor.text import Text
    from servkit.lint.finding import Finding

_SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "info": lsp.DiagnosticSeverity.Information,
}
#: Rules about what has no use any more.
_UNNECESSARY = ("SK207", "SK209", "SK413", "SK609", "SK691")
_GROUPS = {
    "key": lsp.CompletionItemKind.Property, "word": lsp.CompletionItemKind.EnumMember,
    "choice": lsp.CompletionItemKind.EnumMember, "unit": lsp.CompletionItemKind.Unit,
    "term": lsp.CompletionItemKind.Field, "attribute": lsp.CompletionItemKind.Variable,
    "fact": lsp.CompletionItemKind.Variable,
}  # fmt: skip
_KINDS = {
    "term": lsp.SymbolKind.Field, "attribute": lsp.SymbolKind.Variable, "fact": lsp.SymbolKind.Variable,
    "area": lsp.SymbolKind.Namespace, "script": lsp.SymbolKind.String, "segment": lsp.SymbolKind.Enum,
    "": lsp.SymbolKind.Module, "clock": lsp.SymbolKind.Constant, "reason": lsp.SymbolKind.Constant,
    "customer": lsp.SymbolKind.Object, "scenario": lsp.SymbolKind.Event,
}  # fmt: skip


def range_of(text: Text, start: int, end: int) -> lsp.Range:
    """The characters from one offset to another."""
    return lsp.Range(lsp.Position(*text.position(start)), lsp.Position(*text.position(end)))


def diagnostic(finding: Finding, text: Text) -> lsp.Diagnostic:
    """A finding, at the word that it is about."""
    start = text.offset_of_place(finding.line, finding.column)
    end = text.end_of_word(start) if finding.line else start
    rule = all_rules().get(finding.code)
    url = rule.url if rule is not None else None
    message = f"{finding.message}\n\n{finding.witness}".rstrip()
    return lsp.Diagnostic(
        range_of(text, start, end),
        message,
        severity=_SEVERITIES.get(finding.severity, lsp.DiagnosticSeverity.Error),
        code=finding.code,
        code_description=lsp.CodeDescription(url) if url else None,
        source="servkit",
        tags=[lsp.DiagnosticTag.Unnecessary] if finding.code in _UNNECESSARY else None,
    )


def completion_item(proposal: Proposal, place: int, text: Text, offset: int, end: int) -> lsp.CompletionItem:
    """A proposal, in its ``place`` in the order; it takes the place of what was typed, to the ``end`` of the word."""
    colon = proposal.is_key and text.body[end : end + 1] != ":"
    return lsp.CompletionItem(
        proposal.text,
        kind=_GROUPS.get(proposal.group, lsp.CompletionItemKind.Reference),
        detail=proposal.detail or None,
        documentation=lsp.MarkupContent(lsp.MarkupKind.Markdown, proposal.documentation)
        if proposal.documentation
        else None,
        sort_text=f"{place:04}",
        filter_text=proposal.text,
        text_edit=lsp.TextEdit(
            range_of(text, offset - proposal.length, end), f"{proposal.text}: " if colon else proposal.text
        ),
    )


def symbol_kind(kind: str) -> lsp.SymbolKind:
    """The picture that editors show for a kind."""
    return _KINDS.get(kind, lsp.SymbolKind.Class)


def document_symbol(part: Part, text: Text) -> lsp.DocumentSymbol:
    """A document of a file, with what is in it."""
    return lsp.DocumentSymbol(
        part.name,
        symbol_kind(part.detail),
        range_of(text, part.begin, part.end),
        range_of(text, part.start, part.stop),
        part.detail or None,
        children=[document_symbol(one, text) for one in part.parts],
    )
