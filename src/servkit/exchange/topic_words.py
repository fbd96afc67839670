"""What a sentence is about: its words without those that say nothing, with the words of one thing counted as one."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from servkit.text import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
#: Ways of saying one thing in several words.
_PHRASES = (
    (re.compile(r"\b(?:send|bring|give|hand|mail|ship|post)\w*\b(?: [\w']+){0,3}? back\b"), " return "),
    (re.compile(r"\bmoney back\b|\bgeld zurück\b"), " refund "),
    (re.compile(r"\bget(?:s|ting)? back to\b|\bhear (?:back )?from\b|\bmelden uns\b"), " reply "),
    (re.compile(r"\bcall(?:ed|ing|s)? off\b"), " cancel "),
)
#: The beginnings of words that mean one thing, in several languages.
_CONCEPTS = {
    "return": ("return", "ruckgab", "zuruckgeb", "ruckgabe", "zuruckschick", "rucksend", "devol", "retour", "renvo"),
    "refund": ("refund", "reimburs", "erstatt", "ruckerstatt", "reembols", "rembours"),
    "delivery": ("deliver", "ship", "dispatch", "liefer", "versand", "versend", "envio", "entreg", "livr"),
    "reply": ("reply", "repli", "respon", "answer", "antwort", "beantwort", "contest", "repond"),
    "cancel": ("cancel", "terminat", "kundig", "storn", "annul", "resili"),
    "warranty": ("warrant", "guarant", "garant", "gewahrleist"),
    "repair": ("repair", "fix", "mend", "repar", "instandsetz"),
    "restocking": ("restock",),
    "deposit": ("deposit", "anzahl", "kaution", "acompte"),
    "discount": ("discount", "rebate", "rabatt", "nachlass", "descuent", "remise"),
    "credit": ("credit", "gutschrift", "gutschein", "voucher"),
    "late": ("late", "delay", "overdue", "verspat", "retras", "retard"),
    "visit": ("visit", "appointment", "termin", "besuch", "cita"),
    "trial": ("trial", "probe"),
    "notice": ("notice", "frist"),
    "quote": ("quote", "quotation", "estimate", "angebot", "kostenvoranschl", "presupuest", "devis"),
    "workmanship": ("workmanship",),
    "fee": ("fee", "fees", "charge", "charges", "charged", "cost", "costs", "gebuhr", "kosten", "tarif"),
    "exchange": ("exchang", "swap", "umtausch", "cambi"),
    "hold": ("hold", "queue", "wait", "wart"),
    "invoice": ("invoic", "bill", "rechnung", "factur"),
    "payment": ("payment", "pay", "paid", "pays", "zahl", "pago", "paiement"),
}
#: These stand for nothing alone: they only say which sort of value is meant.
VAGUE = frozenset({"fee", "notice", "hold", "late", "payment"})


def topic(text: str) -> frozenset[str]:
    """What a text is about."""
    low = text.casefold().replace("’", "'")
    for pattern, meaning in _PHRASES:
        low = pattern.sub(meaning, low)
    words = (fold(word) for word in _WORD.findall(low))
    return frozenset(_stem(word) for word in words if word not in _common_words() and len(word) > 2)


@cache
def _common_words() -> frozenset[str]:
    """Words that say nothing of the matter, in several languages."""
    return frozenset(map(fold, (files("servkit.exchange") / "common_words.txt").read_text("utf-8").split()))


def concepts(words: frozenset[str]) -> frozenset[str]:
    """The matters that a topic names."""
    return frozenset(word for word in words if word in _CONCEPTS and word not in VAGUE)


def is_about(words: frozenset[str]) -> bool:
    """Whether a topic names a matter, and not only some words."""
    return bool(concepts(words))


def _stem(word: str) -> str:
    for concept, beginnings in _CONCEPTS.items():
        if any(word == start if len(start) < 5 else word.startswith(start) for start in beginnings):
            return concept
    for ending in ("ingly", "ing", "edly", "ed", "ies", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending) + ("y" if ending == "ies" else "")
    return word
