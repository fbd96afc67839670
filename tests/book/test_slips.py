"""Slips in YAML: each is told on the line it is on, with what to write."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from servkit.book.slips.text import lines_of
from servkit.book.yaml_reader import compose

if TYPE_CHECKING:
    from servkit.book.problems import Problem

#: What an author writes, where the slip is told, and how its message begins.
SLIPS = [
    pytest.param(
        "kind: standard\nid: answer\ntitle An answer\narea: billing\n",
        "3:6",
        "A colon is missing: write `title: An answer`. If this line continues the text above it, indent it.",
        id="no-colon-mid",
    ),
    pytest.param(
        "kind standard\nid: answer\n", "1:5", "A colon is missing: write `kind: standard`.", id="no-colon-first"
    ),
    pytest.param(
        "kind: standard\nid: answer\ntitle An answer\n",
        "3:6",
        "A colon is missing: write `title: An answer`. If this line continues the text above it, indent it.",
        id="no-colon-last",
    ),
    pytest.param(
        "terms:\n  window 30 days\n  fee: 3 USD\n",
        "2:9",
        "A colon is missing: write `window: 30 days`.",
        id="no-colon-nested",
    ),
    pytest.param(
        "steps:\n  - do: a\n    role agent\n    within: 3 hours\n",
        "3:9",
        "A colon is missing: write `role: agent`. If this line continues the text above it, indent it.",
        id="no-colon-in-list",
    ),
    pytest.param(
        "kind: standard\nid: answer\ntitle:An answer\narea: billing\n",
        "3:7",
        "A space is missing after the colon. Write `title: An answer`.",
        id="no-space",
    ),
    pytest.param(
        "kind:standard\nid: answer\n",
        "1:6",
        "A space is missing after the colon. Write `kind: standard`.",
        id="no-space-first",
    ),
    pytest.param(
        "kind: standard\nid: answer\ntitle:An answer\n",
        "3:7",
        "A space is missing after the colon. Write `title: An answer`.",
        id="no-space-last",
    ),
    pytest.param(
        "kind: standard\nid: answer\ntitle :An answer\narea: billing\n",
        "3:8",
        "A space is missing after the colon. Write `title: An answer`.",
        id="space-before-colon",
    ),
    pytest.param(
        "kind: standard\nid: answer\ntitle:\xa0An answer\narea: billing\n",
        "3:7",
        "There is a no-break space (U+00A0) after the colon. Write a plain space: `title: An answer`.",
        id="nbsp",
    ),
    pytest.param(
        "kind: standard\nid: answer\ntitle：An answer\narea: billing\n",
        "3:6",
        "`：` (U+FF1A) is not the colon of YAML. Write `title: An answer`.",
        id="fullwidth",
    ),
    pytest.param(
        "kind: standard\nid: answer\ntitle： An answer\narea: billing\n",
        "3:6",
        "`：` (U+FF1A) is not the colon of YAML. Write `title: An answer`.",
        id="fullwidth-sp",
    ),
    pytest.param(
        "kind: standard\nid: answer\ntitle = An answer\narea: billing\n",
        "3:7",
        "A key needs a colon, not `=`. Write `title: An answer`.",
        id="equals",
    ),
    pytest.param(
        "kind: standard\nid: answer\ntitle; An answer\narea: billing\n",
        "3:6",
        "A key needs a colon, not `;`. Write `title: An answer`.",
        id="semicolon",
    ),
    pytest.param(
        "kind: standard\nterms:\n\xa0\xa0window: 3 days\n  fee: 1 USD\n",
        "3:1",
        "There is a no-break space (U+00A0) here. Write a plain space.",
        id="nbsp-indent",
    ),
    pytest.param(
        "kind: standard\nterms:\n\twindow: 3 days\n", "3:1", "There is a tab here. Indent with spaces.", id="tab-indent"
    ),
    pytest.param(
        "kind: standard\nterms:\n  a: 1\n\twindow: 3 days\n",
        "4:1",
        "There is a tab here. Indent with spaces.",
        id="tab-indent2",
    ),
    pytest.param(
        "kind: standard\nterms:\n  a: 1\n  \twindow: 3 days\n",
        "4:3",
        "There is a tab here. Indent with spaces.",
        id="tab-after-spaces",
    ),
    pytest.param("do:\n\t- a\n\t- b\n", "2:1", "There is a tab here. Indent with spaces.", id="tab-list"),
    pytest.param("do:\n-\ta: 1\n\tb: 2\n", "2:2", "There is a tab here. Indent with spaces.", id="tab-after-dash"),
    pytest.param("say: |\n\tHello\n", "2:1", "There is a tab here. Indent with spaces.", id="tab-block"),
    pytest.param(
        "why: 'It's fine'\nowner: a\n",
        "1:9",
        'The text continues after this quotation mark. Write `why: "It\'s fine"`.',
        id="single-half",
    ),
    pytest.param(
        "title: x\nwhy: 'We don't guess: we ask'\nowner: a\n",
        "2:13",
        'The text continues after this quotation mark. Write `why: "We don\'t guess: we ask"`.',
        id="single-half2",
    ),
    pytest.param(
        "why: 'It's fine\nowner: a\n",
        "1:9",
        'The text continues after this quotation mark. Write `why: "It\'s fine"`.',
        id="single-never-closed",
    ),
    pytest.param(
        'why: "He said "hi" there"\nowner: a\n',
        "1:15",
        "The text continues after this quotation mark. Write `why: 'He said \"hi\" there'`.",
        id="double-in-double",
    ),
    pytest.param(
        'why: "Gladly" is our word\nowner: a\n',
        "1:13",
        "The text continues after this quotation mark. Write `why: '\"Gladly\" is our word'`.",
        id="quoted-then-text",
    ),
    pytest.param(
        'do:\n  - "Gladly" is our word\n  - b\n',
        "2:12",
        "The text continues after this quotation mark. Write `'\"Gladly\" is our word'`.",
        id="quoted-then-text-list",
    ),
    pytest.param(
        'title: "Own it\nwhy: b\nowner: c\n',
        "1:8",
        "This quotation mark isn't closed. Write \" at the end of the text.",
        id="unclosed-double",
    ),
    pytest.param(
        'title: "Own it\nwhy: b\nsay: "Hello"\nowner: c\n',
        "1:8",
        "This quotation mark isn't closed. Write \" at the end of the text.",
        id="unclosed-double-later",
    ),
    pytest.param(
        "title: 'Own it\nwhy: b\n",
        "1:8",
        "This quotation mark isn't closed. Write ' at the end of the text.",
        id="unclosed-single",
    ),
    pytest.param(
        "title: 'Own it\nwhy: don't\n",
        "1:8",
        "This quotation mark isn't closed. Write ' at the end of the text.",
        id="unclosed-single-later",
    ),
    pytest.param(
        "title: “Own it: always”\nwhy: b\n",
        "1:8",
        '“ is not a quotation mark of YAML. Write `title: "Own it: always"`.',
        id="smart-colon",
    ),
    pytest.param(
        "kind: standard\n<<<<<<< HEAD\nwhy: People wait.\n=======\nwhy: People wait long.\n>>>>>>> long\n",
        "2:1",
        "A merge conflict isn't resolved (lines 2 to 6).",
        id="conflict",
    ),
    pytest.param(
        "<<<<<<< HEAD\nkind: a\n=======\nkind: b\n>>>>>>> x\n",
        "1:1",
        "A merge conflict isn't resolved (lines 1 to 5).",
        id="conflict-top",
    ),
    pytest.param(
        "say: |\n  Hello\n<<<<<<< HEAD\n  there\n=======\n  you\n>>>>>>> x\nowner: a\n",
        "3:1",
        "A merge conflict isn't resolved (lines 3 to 7).",
        id="conflict-block",
    ),
    pytest.param(
        "title: Own it: always\n",
        "1:14",
        'This text has a colon in it. Put the text in quotes: `title: "Own it: always"`.',
        id="colon-in-text",
    ),
    pytest.param(
        "do:\n  - Say: hello: you\n",
        "2:15",
        'This text has a colon in it. Put the text in quotes: `Say: "hello: you"`.',
        id="colon-in-list",
    ),
    pytest.param(
        "why: People wait\n  and so: we hurry\n",
        "2:9",
        "This line continues the text above it and has a colon in it. Put the whole text of `why` in quotes.",
        id="colon-in-cont",
    ),
    pytest.param(
        "title: Hello\n  why: because\n",
        "2:3",
        "`why` is indented further than `title` above it. Begin both in column 1.",
        id="deeper",
    ),
    pytest.param(
        "terms:\n  a: 1\n    b: 2\n",
        "3:5",
        "`b` is indented further than `a` above it. Begin both in column 3.",
        id="deeper-after-map",
    ),
    pytest.param(
        "terms:\n    a: 1\n  b: 2\nowner: x\n",
        "3:3",
        "This line begins in column 3, and its neighbour in line 2 in column 5.",
        id="less-indented",
    ),
    pytest.param(
        "do:\n    - a\n  - b\n",
        "3:3",
        "This line begins in column 3, and its neighbour in line 2 in column 5.",
        id="list-less",
    ),
    pytest.param(
        "do:\n  - a\n  b\nowner: x\n",
        "3:3",
        "This line is in a list. Write `- b`, or indent it further if it continues the item above it.",
        id="list-then-key",
    ),
    pytest.param(
        "do:\n  - a\n  b: c\nowner: x\n", "3:3", "This line stands among the items of a list.", id="list-then-mapping"
    ),
    pytest.param(
        "do:\n- a\nb\nowner: x\n",
        "3:1",
        "This line is in a list. Write `- b`, or indent it further if it continues the item above it.",
        id="list-beside",
    ),
    pytest.param("do: - Smile\n", "1:5", "A list begins on the line below its key.", id="inline-list"),
    pytest.param("do: - Smile\n    - Ask\n", "1:5", "A list begins on the line below its key.", id="inline-list2"),
    pytest.param(
        "roles: [agent, owner\nchannels: [phone]\n",
        "1:8",
        "This `[` isn't closed. Write `]` where it ends.",
        id="unclosed-bracket",
    ),
    pytest.param(
        "kind: a\nroles: [agent, owner\n",
        "2:8",
        "This `[` isn't closed. Write `]` where it ends.",
        id="unclosed-bracket-end",
    ),
    pytest.param(
        "stay: {title: Stay\nwhy: b\n", "1:7", "This `{` isn't closed. Write `}` where it ends.", id="unclosed-brace"
    ),
    pytest.param(
        "stay: {title: Stay\n", "1:7", "This `{` isn't closed. Write `}` where it ends.", id="unclosed-brace-end"
    ),
    pytest.param("roles: [agent, owner]]\nwhy: b\n", "1:22", "There is one `]` too many.", id="extra-close"),
    pytest.param("stay: {title: a}}\nwhy: b\n", "1:17", "There is one `}` too many.", id="extra-close-brace"),
    pytest.param("roles: [agent, owner}\nwhy: b\n", "1:21", "`[` is closed by `}` here. Write `]`.", id="wrong-close"),
    pytest.param(
        "roles: [agent,, owner]\n",
        "1:15",
        "There is one comma too many here, or a value is missing before it.",
        id="double-comma",
    ),
    pytest.param(
        "roles: [, owner]\n",
        "1:9",
        "There is one comma too many here, or a value is missing before it.",
        id="lead-comma",
    ),
    pytest.param(
        "say: {{ customer.name }}, hello\nwhy: b\n",
        "1:6",
        "A text that begins with a bracket needs quotes. Put the text in quotes: `say:",
        id="brace-text",
    ),
    pytest.param(
        "say: [NAME], your order is late\nwhy: b\n",
        "1:6",
        "A text that begins with a bracket needs quotes. Put the text in quotes: `say:",
        id="bracket-text",
    ),
    pytest.param(
        "stay: {title: Own it: always}\n",
        "1:21",
        "This text has a colon in it. Put the text in quotes.",
        id="flow-colon",
    ),
    pytest.param(
        "why: %{name} is here\n",
        "1:6",
        'A text can\'t begin with `%`. Put the text in quotes: `why: "%{name} is here"`.',
        id="percent",
    ),
    pytest.param(
        "% done\nkind: a\n",
        "1:1",
        "A line can't begin with `%`. Put the text in quotes, or write `#` for a remark.",
        id="percent-line",
    ),
    pytest.param(
        "kind: a\n% done: b\n",
        "2:1",
        "A line can't begin with `%`. Put the text in quotes, or write `#` for a remark.",
        id="percent-line2",
    ),
    pytest.param(
        "why: @home\n", "1:6", 'A text can\'t begin with `@`. Put the text in quotes: `why: "@home"`.', id="at"
    ),
    pytest.param(
        "kind: a\n@why: home\n",
        "2:1",
        'A text can\'t begin with `@`. Put the text in quotes: `"@why: home"`.',
        id="at-key",
    ),
    pytest.param(
        "why: `code` is law\n",
        "1:6",
        'A text can\'t begin with a backtick. Put the text in quotes: `why: "`code` is law"`.',
        id="backtick",
    ),
    pytest.param(
        "why: **Never** guess\n",
        "1:6",
        'A text can\'t begin with `*`. Put the text in quotes: `why: "**Never** guess"`.',
        id="star-bold",
    ),
    pytest.param(
        "do:\n  * Smile\n  * Ask\n",
        "2:3",
        "An item of a list begins with a hyphen and a space. Write `- Smile`.",
        id="star-bullets",
    ),
    pytest.param(
        "do:\n* Smile\n* Ask\n",
        "2:1",
        "An item of a list begins with a hyphen and a space. Write `- Smile`.",
        id="star-bullets-flush",
    ),
    pytest.param(
        "why: *Never* guess\nowner: b\n",
        "1:6",
        'A text can\'t begin with `*`. Put the text in quotes: `why: "*Never* guess"`.',
        id="star-word",
    ),
    pytest.param(
        "why: & then some\n",
        "1:6",
        'A text can\'t begin with `&`. Put the text in quotes: `why: "& then some"`.',
        id="amp",
    ),
    pytest.param(
        "why: &co is here\n",
        "1:6",
        "Anchors (&co) can't be used here. Write the value out; put text that starts with & in quotes.",
        id="amp-word",
    ),
    pytest.param(
        "why: !Now\n",
        "1:6",
        "The tag !Now can't be used here. Write the plain value; put text that starts with ! in quotes.",
        id="bang",
    ),
    pytest.param(
        "why: ! Now\n",
        "1:6",
        "The tag ! can't be used here. Write the plain value; put text that starts with ! in quotes.",
        id="bang-sp",
    ),
    pytest.param(
        "say: | Hello there\nwhy: b\n",
        "1:6",
        "After `|` the text begins on the next line. Write `Hello there` there, indented by two spaces.",
        id="pipe-text",
    ),
    pytest.param(
        "say: | Hello there\n  you\nwhy: b\n",
        "1:6",
        "After `|` the text begins on the next line. Write `Hello there` there, indented by two spaces.",
        id="pipe-text2",
    ),
    pytest.param(
        "when:\n  stays: >= 10\n",
        "2:10",
        "A comparison is written in words. Write `stays: {at_least: 10}`.",
        id="gt-number",
    ),
    pytest.param(
        "when:\n  stays: > 10\n",
        "2:10",
        "A comparison is written in words. Write `stays: {more_than: 10}`.",
        id="gt-number2",
    ),
    pytest.param(
        "when:\n  stays: >10\n",
        "2:10",
        "A comparison is written in words. Write `stays: {more_than: 10}`.",
        id="gt-number3",
    ),
    pytest.param(
        "when: {stays: >= 10}\n",
        "1:15",
        "A comparison is written in words. Write `stays: {at_least: 10}`.",
        id="gt-flow",
    ),
    pytest.param(
        "say: |\nHello there\nwhy: b\n",
        "2:1",
        "This line belongs to `say: |` above it. Indent it by two more spaces.",
        id="pipe-unindented",
    ),
    pytest.param(
        "say: |\n    Hello\n  there\nwhy: b\n",
        "3:3",
        "This line is indented less than the text of `say:` (line 1).",
        id="pipe-dedent",
    ),
    pytest.param(
        "say: |\n      \n  Hello\nwhy: b\n",
        "3:3",
        "This line is indented less than the text of `say:` (line 1).",
        id="pipe-firstempty",
    ),
    pytest.param(
        "why:\nPeople wait.\nowner: x\n",
        "2:1",
        "This line belongs to `why:` above it. Indent it by two more spaces.",
        id="key-no-value-text",
    ),
    pytest.param(
        "statement: Text goes on\nhere too\nowner: x\n",
        "2:5",
        "A colon is missing: write `here: too`. If this line continues the text above it, indent it.",
        id="cont-unindented",
    ),
    pytest.param(
        "do:\n-Say hello\n-Say bye\nowner: x\n",
        "2:1",
        "An item of a list begins with a hyphen and a space. Write `- Say hello`.",
        id="dash-nospace",
    ),
    pytest.param(
        "do:\n– Say hello\n– Say bye\nowner: x\n",
        "2:1",
        "An item of a list begins with a hyphen and a space. Write `- Say hello`.",
        id="en-dash",
    ),
    pytest.param(
        "do:\n• Say hello\n• Say bye\nowner: x\n",
        "2:1",
        "An item of a list begins with a hyphen and a space. Write `- Say hello`.",
        id="bullet",
    ),
    pytest.param(
        "steps:\n1. Say hello\n2. Say bye\nowner: x\n",
        "2:1",
        "An item of a list begins with a hyphen and a space. Write `- Say hello`.",
        id="numbered",
    ),
    pytest.param(
        'why: "C:\\Users\\x"\n',
        "1:9",
        "A backslash has a meaning of its own in double quotes. Write `why: 'C:\\Users\\x'`.",
        id="windows-path",
    ),
    pytest.param(
        'why: "100\\% sure"\n',
        "1:10",
        "A backslash has a meaning of its own in double quotes. Write `why: '100\\% sure'`.",
        id="escape",
    ),
    pytest.param(
        'why: "\\x4"\n',
        "1:7",
        "A backslash has a meaning of its own in double quotes. Write `why: '\\x4'`.",
        id="hexesc",
    ),
    pytest.param(
        "kind: a\nid: b\n--\nkind: c\n",
        "3:1",
        "Three hyphens separate two documents. Write `---`, not `--`.",
        id="two-hyphens",
    ),
    pytest.param(
        "statement: You may quote case #4711 to us,\n  and we open it.\nowner: x\n",
        "1:31",
        "YAML reads what follows ` #` as a comment, so the text is cut here. Put the whole text in quotes.",
        id="hash-cont",
    ),
    pytest.param(
        "why: ? what\n", "1:6", 'A text can\'t begin with `?`. Put the text in quotes: `why: "? what"`.', id="question"
    ),
    pytest.param(
        "why: , so\n", "1:6", 'A text can\'t begin with `,`. Put the text in quotes: `why: ", so"`.', id="comma-start"
    ),
    pytest.param(
        "why: ] so\n", "1:6", 'A text can\'t begin with `]`. Put the text in quotes: `why: "] so"`.', id="close-start"
    ),
    pytest.param(
        "kind: a\n## Title\nwhy x\nid: b\n",
        "3:4",
        "A colon is missing: write `why: x`. If this line continues the text above it, indent it.",
        id="markdown-heading",
    ),
    pytest.param(
        "kind: a\n<b>x</b>\nid: b\n",
        "2:1",
        "`<b>x</b>` has no colon. If it continues the text above it, indent it.",
        id="html",
    ),
    pytest.param(
        "title: Before you leave:\nwhy: b\n",
        "1:24",
        'This text has a colon in it. Put the text in quotes: `title: "Before you leave:"`.',
        id="colon-end",
    ),
    pytest.param(
        "title: Before you leave:\n  why: b\n",
        "1:24",
        'This text has a colon in it. Put the text in quotes: `title: "Before you leave:"`.',
        id="colon-end-cont",
    ),
    pytest.param(
        '"title: x\nwhy: b\n',
        "1:1",
        "This quotation mark isn't closed. Write \" at the end of the text.",
        id="quote-key",
    ),
    pytest.param('{"kind": "a" "id": "b"}\n', "1:14", "A comma is missing before this.", id="json-missing-comma"),
    pytest.param('{"kind" "a", "id": "b"}\n', "1:9", "A comma is missing before this.", id="json-missing-colon"),
    pytest.param(
        "kind. standard\nid: answer\n",
        "1:1",
        "`kind. standard` has no colon. If it continues the text above it, indent it.",
        id="dot",
    ),
    pytest.param(
        "kind: a\ntitle, Own it\nid: b\n",
        "2:1",
        "`title, Own it` has no colon. If it continues the text above it, indent it.",
        id="comma-key",
    ),
    pytest.param(
        'title: Say "hi: there"\n',
        "1:15",
        "This text has a colon in it. Put the text in quotes: `title: 'Say \"hi: there\"'`.",
        id="quote-after",
    ),
    pytest.param(
        "why: at 10: 30\n",
        "1:11",
        'This text has a colon in it. Put the text in quotes: `why: "at 10: 30"`.',
        id="time",
    ),
    pytest.param(
        "why: see http: //x\n",
        "1:14",
        'This text has a colon in it. Put the text in quotes: `why: "see http: //x"`.',
        id="url",
    ),
    pytest.param(
        "%YAML 1.3\n---\nkind: a\n", "1:1", "This version of YAML is unknown. Write `%YAML 1.2`.", id="yaml-directive"
    ),
    pytest.param(
        "kind: a\n...\nid: b\n",
        "3:1",
        "A document has ended above this line. Write `---` on a line of its own before the next one.",
        id="doc-end-text",
    ),
    pytest.param(
        "--- kind: a\nid: b\n",
        "1:4",
        "Write `---` on a line of its own, and the rest of the line below it.",
        id="text-after-doc",
    ),
    pytest.param(
        "do:\n  - 'Say hello\n  - Say bye\n",
        "2:5",
        "This quotation mark isn't closed. Write ' at the end of the text.",
        id="unclosed-block-quote-list",
    ),
]


@pytest.mark.parametrize(("text", "place", "message"), SLIPS)
def test_a_slip_is_told_on_its_line_with_what_to_write(text: str, place: str, message: str) -> None:
    problems: list[Problem] = []
    compose("a.yaml", text.encode(), problems)
    assert f"{problems[0].line}:{problems[0].column}" == place
    assert problems[0].message.startswith(message)


def test_no_message_has_the_words_of_the_parser_or_advises_to_delete() -> None:
    for slip in SLIPS:
        problems: list[Problem] = []
        compose("a.yaml", str(slip.values[0]).encode(), problems)
        message = problems[0].message
        assert not any(words in message for words in ("expected", "token", "scanning", "stream", "Delete", "Remove"))


def test_any_text_gives_a_place_in_the_file() -> None:
    """Slips put together and damaged at random: an answer always, at a place that there is."""
    chance, texts = random.Random(9), [str(slip.values[0]) for slip in SLIPS]
    for _ in range(1500):
        text = list(chance.choice(texts) + chance.choice(texts))
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(text))
            if chance.random() < 0.5:
                text.insert(place, chance.choice("[]{}:,'\"|>-#&*!%@`\t\n \u00a0\ufeff\\?=x0\u2028\r~"))
            else:
                del text[place]
        problems: list[Problem] = []
        compose("a.yaml", "".join(text).encode(), problems)
        lines = lines_of("".join(text).removeprefix("\ufeff"))
        for problem in problems:
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@pytest.mark.parametrize(
    "text",
    ["a: 1\n" + " " * 900_000 + "x\nb: [", "a [ b { c: '\n" * 30_000 + "b: [", "a" * 900_000 + "\nb: x: y"],
    ids=["spaces", "brackets", "letters"],
)
def test_a_slip_in_a_large_file_is_one_problem(text: str) -> None:
    problems: list[Problem] = []
    compose("a.yaml", text.encode(), problems)
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("kind: standard".encode("utf-16"), "The file is in UTF-16. Save it as UTF-8."),
        ("kind: standard".encode("utf-16-le"), "The file is in UTF-16. Save it as UTF-8."),
        ("kind: standard".encode("utf-16-be"), "The file is in UTF-16. Save it as UTF-8."),
        ("kind: standard".encode("utf-32"), "The file is in UTF-32. Save it as UTF-8."),
        (
            "title: Café".encode("cp1252"),
            "The byte 0xe9 isn't UTF-8. In Windows-1252 it is `é`. Save the file as UTF-8.",
        ),
    ],
)
def test_another_encoding_is_named(raw: bytes, message: str) -> None:
    problems: list[Problem] = []
    compose("a.yaml", raw, problems)
    assert [problem.message for problem in problems] == [message]


@pytest.mark.parametrize(
    ("text", "place", "written"),
    [
        ("x: {value: 12,50 EUR}\n", "1:15", "value: 12.50 EUR"),
        ("x: {2025-01-01: 1.500,00 EUR}\n", "1:23", "2025-01-01: 1500.00 EUR"),
        ("do: {do: Tea, on the house}\n", "1:15", 'do: "Tea, on the house"'),
        ("stay: {title: “Own it, always”}\n", "1:24", 'title: "“Own it, always”"'),
        ("stay: {title:Own it}\n", "1:8", "title: Own it"),
        ("stay: {title Own it}\n", "1:8", "title: Own it"),
        ("do: {first_name}\n", "1:6", "first_name: …"),
    ],
)
def test_a_key_that_stands_alone_in_braces_shows_what_was_meant(text: str, place: str, written: str) -> None:
    problems: list[Problem] = []
    assert compose("a.yaml", text.encode(), problems) == []
    assert [f"{problem.line}:{problem.column}" for problem in problems] == [place]
    assert f"`{written}`" in problems[0].message


def test_an_attribute_left_empty_is_no_slip() -> None:
    problems: list[Problem] = []
    assert compose("a.yaml", b"attributes: {plan: , since: }\nother:\n", problems)
    assert problems == []
