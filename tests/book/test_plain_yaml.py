"""The quick way of reading against libyaml: it says the same of every text, or nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servkit.book.composing import compose
from servkit.book.plain_places import find_place
from servkit.book.plain_yaml import read_plain
from servkit.book.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.problems import Problem

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(path for folder in ("standards", "examples") for path in (ROOT / folder).rglob("*.y*ml"))
OTHERS = sorted(
    path
    for folder in ("src/servkit/starting", "tests/lint/broken_book", "tests/schema")
    for path in (ROOT / folder).rglob("*.y*ml")
)


def text_of(path: Path) -> str | None:
    try:
        return path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError:
        return None


REAL = [text for path in (*SHIPPED, *OTHERS) if (text := text_of(path)) is not None]


def parts(tree: Any, where: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield where
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, item in pairs:
        yield from parts(item, (*where, step))


def is_quick(text: str) -> bool:
    """Whether a text is read the quick way. What is, is read by libyaml without a problem and as the same data, and
    every part of it is in the line and at the place that libyaml says."""
    plain = read_plain(text)
    if plain is None:
        return False
    problems: list[Problem] = []
    sources = compose("a.yaml", text, problems)
    assert not problems
    (slow,) = sources
    assert repr(plain[0]) == repr(slow.data)  # the order of keys too
    quick = Source("a.yaml", plain[0], raw=text.encode(), plain=plain)
    everywhere = list(parts(slow.data))
    for where in everywhere:
        for asked in (where, (*where, 0), (*where, "not there"), (*where, 0, "not there"), (*where, -1)):
            assert quick.line(asked) == slow.place(asked).line, asked
    quick.forget()
    assert [quick.line(where) for where in everywhere] == [slow.place(where).line for where in everywhere]
    for where in everywhere:
        for key in (False, True):
            assert find_place(text, plain, where, key=key) in (None, slow.place(where, key=key)), (where, key)
            assert quick.place(where, key=key) == slow.place(where, key=key)
        assert quick.line(where) == slow.place(where).line
    return True


QUICK = [
    "a: b",
    "a: b\n",
    "---\na: b\n",
    "a: 1\r\nb:\r\n  - x\r\n",
    "a:\nb: ''\nc: []\nd: {}\ne: \"\"\n",
    "a:b: c:d\n",
    "a: b#c, #d\n",
    "a: b # c\nd: 'e' # f\ng: [h] # i\n",
    "# a\n\n  # b\na: b\n# c\n",
    "a: 'b''c'\n'd e': \"f\"\n\"g\": h\n",
    'a: "b\\n\\t\\"\\\\\\/ \\u00e9"\n',
    "a: -5 %\nb: -x\n",
    "a: b  \nc: d   # e\n",
    "- a\n- b: c\n  d: e\n-\n  - f\n- [g]\n",
    "a:\n- b\n- c: d\n  e:\n  - f\ng: h\n",
    "a:\n    b:\n      c: d\n    e: f\ng:\n h: i\n",
    "a:\n  b\nc:\n  'd'\ne:\n  [f]\ng:\n  |\n  h\n",
    "a: b\n  c\n\n\n  d - e\nf: g\n",
    "- a b\n  - c\n -d\n",
    "a: b\n  c\n  # d\ne: f\n",
    "a: |\n  b\n   c\n\n  # d: e\nf: >-\n    g\n    h\n\n    i\n     j\n    k\n",
    "a: |2\n    b\n  c\n",
    "a: |+\n  b\n\n\nc: >+\n  d\n\n",
    "a: |-\n\n  b\nc: |\nd: >\n\n",
    "a: |\n  b",
    "a: |\n   b\n# c\nd: e\n",
    "value: {value: 10 %, better: less, grant: {supervisor: 0 %}}\n",
    "a: [phone, in-person]\nb: [a,b]\nc: [  a ,  b  ]\n",
    "- {when: {tier: [silver, gold]}, value: 2}\n",
    'a: {"b":"c","d":["e",{}]}\nf: {\'g\': \'h\'\'i\', "j": k l}\n',
    "a: [don't, b\"c, d\\e, 08:30, http://x.y/z?q=1, 'f\\g\"']\n",
    "a: [null, 1, true, NaN, -1.5e3]\n",
    "é: 日本 𝄞 \xa0 x\n",
    "a: [What have you planned around that day?]\n",
    "a: 'b: c # d [e'\n",
    "a: " + "[" * 99 + "]" * 99 + "\n",
    f"{'k' * 1000}: a\nb: {{{'k' * 850}: c}}\n",
]


@pytest.mark.parametrize("text", QUICK)
def test_plain_yaml_is_read_the_quick_way(text: str) -> None:
    assert is_quick(text)


def test_the_shipped_books_are_read_the_quick_way() -> None:
    texts = [path.read_text("utf-8") for path in SHIPPED]
    assert len(texts) > 200
    assert sum(map(is_quick, texts)) >= 0.95 * len(texts)


def test_a_book_that_is_read_the_quick_way_needs_no_yaml() -> None:
    script = (
        "import sys; from pathlib import Path; from servkit.lint.gathering import gather; "
        "found = gather(Path(sys.argv[1])); assert found.book and len(found.book.entries) > 100; "
        "assert not found.problems; assert 'yaml' not in sys.modules and 'servkit.book.composing' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script, str(ROOT / "standards")], check=True)


@pytest.mark.parametrize("text", [text for path in OTHERS if (text := text_of(path)) is not None])
def test_other_files_are_read_alike(text: str) -> None:
    is_quick(text)


#: What libyaml reads otherwise than one might think, or refuses, and what this reader leaves alone.
ODD = [
    *(
        "",
        "\n",
        "# a\n",
        "a",
        "- ",
        "-",
        "?",
        ":",
        "[a]",
        "{a: b}",
        "'a'",
        "|\n  a",
        "---",
        "---\n",
        "...",
        "a: b\n...",
    ),
    *("a: b: c", "- - a", "? a", "? a\n: b", "a :b", "a : b", "a:#b", ": a", "a:\n: b", "a:\tb", "a: \tb", "a: b\t"),
    *("{a: b}x: c", "a: {b: c}d", "a: {b: c}#d", "a: [b]#c", "a: 'b'#c", 'a: "b"#c', "a: 'b' c", "a: 'b'c", "a: [b] c"),
    *("a: [b, c,]", "a: [b,, c]", "a: [,]", "a: {b, c: d}", "a: [b: c]", "a: {b}", "a: {b: }", "a: {b:}", "a: {: b}"),
    *('a: {"b":1}', 'a: {"b": 1}', 'a: ["b", 1, null, true, NaN]', "a: {b:1}", "a: {b:[c]}", "a: {b:{c: d}}"),
    *('a: ["b" "c"]', "a: ['b' 'c']", "a: ['b''c'd]", 'a: ["b"c]', "a: [b 'c']", "a: [b}", "a: {b]", "a: [b", "a: b]"),
    *(
        "a: {b: c, b: d}",
        "a: b\na: c",
        "a: {'b': c, b: d}",
        "'a': b\na: c",
        "<<: b",
        "a: {<<: b}",
        'a: {"\\u003c<": b}',
    ),
    *("a: {[b]: c}", "a: {{b: c}: d}", "[a]: b", "{a: b}: c", "a: {? b : c}", "a: [? b]", "a: [b?c, ?d]", "a: [b:?c]"),
    *(
        "a: [-]",
        "a: [- b]",
        "a: [-b, -1]",
        "a: [:b]",
        "a: [b:]",
        "a: [b: ]",
        "a: [b#c]",
        "a: [b #c]",
        "a: [#b]",
        "a: #b",
    ),
    *("a: -", "a: - b", "a: --- b", "a: -- b", "a: ?b", "a: ? b", "a: :b", "a: %b", "%a: b", "a: @b", "a: `b", "a: ,b"),
    *("a: !b c", "a: !!str b", "a: &b c", "a: *b", "a: [*b]", "a: [&b c]", "a: [!b c]", "&a b: c", "*a : b", "!a b: c"),
    *('a: "b\\x41"', 'a: "\\e\\0\\_\\N"', 'a: "\\U0001F600"', 'a: "\\ud83d\\ude00"', 'a: "\\uDC00"', 'a: "\\u0000"'),
    *(
        'a: "\\q"',
        'a: "\\',
        'a: "b',
        "a: 'b",
        "a: 'b\n  c'",
        'a: "b\n  c"',
        'a: "b\\\n  c"',
        "a: [b,\n  c]",
        "a: {b: c,\n}",
    ),
    *("a:\n - b\n- c", "a:\n  - b\n - c", "a:\n- b\n  - c", "- a\n -b", "- a\nb: c", "a: b\n- c", "a:\n  b: c\n d: e"),
    *(
        "a:\n  b: c\n   d: e",
        " a: b\nc: d",
        "  a: b\n  c: d",
        "a: b\n c: d",
        "a: b\n  c: d",
        "- a: b\n   c: d",
        "-a: b",
    ),
    *(
        "- a: b\n c: d",
        "-  a: b\n   c: d",
        "-\n a: b",
        "-\na: b",
        "- \n- a",
        "a:\n\n\n  b: c",
        "a:\n  # b\n  c: d",
        "a: \n",
    ),
    *("a:\n  b\n  c: d", "a:\n  b\nc", "a\nb: c", "a:\n  'b'\n  c", "a: 'b'\n  c", "a: [b]\n  c", "a:\n  [b]\n  - c"),
    *(
        "a: b\n  # c\n  d",
        "a: b # c\n  d",
        "a: b\n  c # d",
        "a: b\n  c # d\n  e",
        "a: b\n#c\n  d",
        "a: b\n\n  c:",
        "a: b\n  :c",
    ),
    *(
        "a: b\n  'c",
        "a: b\n  [c",
        "a: b\n  &c *d !e",
        "a: b\n  ? c",
        "a: b\n  - c: d",
        "a: b\n  ---",
        "a: b\n  |",
        "a:\n  |",
    ),
    *(
        "a: |\nb",
        "a: |\n b\n  c",
        "a: |\n   b\n  c",
        "a: |\n\n   \n  b",
        "a: |\n    \n  b",
        "a: |\n  b\n\n\n",
        "a: |\n  \n",
    ),
    *(
        "a: |1\n  b",
        "a: |9\n b",
        "a: |0\n b",
        "a: |-1\n  b",
        "a: |1-\n  b",
        "a: |--\n b",
        "a: |12\n b",
        "a: | b",
        "a: |b",
    ),
    *(
        "a: |#b\n c",
        "a: | # b\n  c",
        "a: |\n  b\n # c\n  d",
        "a: |\n  b\n c",
        "a: |\n\tb",
        "a: |\n  b\tc",
        "a: |\n  b\n   ",
    ),
    *(
        "a: >\n  b\n\n  c\n   d\n\n  e\n  f\n",
        "a: >\n   b\n\n\n  c",
        "a: >-\n\n\n  b\n  \n  c\n \n",
        "a: >\n  b\n    \n  c",
    ),
    *(
        "- |\n a\n- >\n b\n",
        "- |\na\n",
        "- a: |\n   b\n  c: d\n",
        "a:\n- |\n b\n- |\n  c\n",
        "a:\n- |2\n    b\n",
        "a: >+\n\n  b\n\n",
    ),
    *(
        "a: b\rc: d",
        "a: b\r",
        "a: b\r\n\r\nc: d\r\n",
        "a: |\r\n  b\r\n\r\n",
        "a\x85b: c",
        "a: b\u2028c",
        "a: b\u2029",
        "a: \x85",
    ),
    *(
        "\ufeffa: b",
        "a: b\n\ufeffc: d",
        "a: \ufeffb",
        "a: b\ufeff",
        "a: \x00",
        "a: b\x00",
        "a: \x1b",
        "a: b\x7f",
        "a: \x9f",
    ),
    *(
        "# \x07\na: b",
        "a: |\n  \x07",
        "a: b\n  \x07",
        "a: '\x07'",
        "a: [\x07]",
        "a: \ufffe",
        "a: \uffff",
        "a: \U0001f600\U0010ffff",
    ),
    *(
        "a: \xa0b\xa0",
        "\xa0a: b",
        "a:\xa0b",
        "a: b\xa0# c",
        "a: [\xa0b\xa0, c]",
        "\u3000a: b",
        "a: \u3000b\u3000",
        "a: \u200b",
    ),
    *(
        "--- a: b",
        "---\na: b\n---\nc: d",
        "a: b\n---\n",
        "--- # a\na: b",
        "---\n---\na: b",
        "%YAML 1.1\n---\na: b",
        "---\n- a",
        "---\n",
    ),
    *(
        f"{'k' * 1024}: a",
        f"{'k' * 1025}: a",
        f"'{'k' * 1030}': a",
        f"a: {{{'k' * 1030}: b}}",
        f'a: {{"{"k" * 1030}": "b"}}',
    ),
    *(
        f'a: {{"b"{" " * 1030}: "c"}}',
        f"a: {{b{' ' * 1030}: c}}",
        f"a: {{{'k' * 950}{' ' * 99}: b}}",
        f"{'k' * 990}{' ' * 40}: a",
    ),
    *(
        f"- {'k' * 1100}",
        f"a: [{'k, ' * 600}]",
        f"a:\n  {'k' * 1100}\n",
        f"a: {{b: '{'k' * 1100}'}}",
        f"a: {{b: [{'c, ' * 600}]}}",
    ),
    *("... a: b", "a: b\n... c: d", "a: b\n... # c", " ... a: b", "a:\n  ... b: c", "a: ... b", "...a: b", "...: b"),
    *("- 'b'c", '- "b"[c]', "- 'b' 'c'", "a:\n  'b'c", "a:\n  b:\n- c", "a:\n  - b:\n- c", "- a:\n  b:\n  - c\n- d"),
    *(
        'a: ["\\ud83d\\ude00"]',
        'a: {"\\u003c<": "b"}',
        'a: ["\\x41"]',
        'a: ["\\u00e9\\n"]',
        "a: b\n    #\x7f",
        "a: b\n  #\x7f\nc: d",
    ),
    *("a: " + "[" * depth + "]" * depth for depth in (98, 99, 100, 101, 1100)),
    *("".join(" " * level + "a:\n" for level in range(depth)) for depth in (99, 100, 101)),
    *("a: " + '{"b": ' * depth + '"c"' + "}" * depth for depth in (99, 100, 1100)),
]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_read_alike(text: str) -> None:
    for whole in (text, text + "\n", text + "\n\n", "x: y\n" + text, text + "\nx: y", text + "\n  x\n"):
        is_quick(whole)


@pytest.mark.parametrize(
    "line",
    [
        "a: ['" + "'b'" * 30_000,
        "a: [" + "'b' " * 30_000,
        "a: [" + "'b'" * 30_000 + "&",
        "a: " + "b:c#d" * 20_000,
        'a: ["' + "\\n" * 50_000,
        "a: [" + "a:b " * 30_000,
        "a: [" + "[b, " * 30_000,
        "a: " + "''" * 60_000,
        "- " * 60_000,
        "a:" * 60_000,
        "a #" * 40_000,
        "a: b\n" + "  c d\n" * 20_000,
        ("a: b\n" + "  c\n") * 10_000,
        "a: |\n" + "  b\n\n" * 18_000,
        "\n" * 130_000,
    ],
)
def test_no_text_takes_long(line: str) -> None:
    started = time.process_time()
    read_plain(line)
    assert time.process_time() - started < 1


# --- properties ---------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    r"""a|b c|-5 %|08:30|don't|what?|a#b|x # y|"q"|'s'|"a: b"|'it''s'|"\u00e9\n"|"\x41"|é 日|[a, b]|{a: b}|[]|{ }
{a: [b, "c"], d: {}}|["x", "y"]|{"a": "b"}|{"a":"b"}|{a: , b}|[a,b]|{'a': 'b'}|[don't, "a"]|[a b: c]|{a:b}|[a]x
a:|-|?|: x|*x|&y z|!t u|%w|@v|~|---|...|,|"a|'b|"a" b|[null, 1]|{"a": 1}|"x" # y|{a: b} # c|{a: b}# c|{a: b
|||""".replace("\n", "|").split("|")
) | st.sampled_from(["|", "|-", ">", ">+", "|2", ">1-", "a\tb", ">|"])
KEYS = st.sampled_from(["a", "b", "c", "d", "e", "some key", "x-y", '"q"', "'s'", "é", "... f"])


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Lines that are often YAML."""
    out, level = [], 0
    for _ in range(draw(st.integers(1, 9))):
        level = max(level + draw(st.sampled_from([0, 0, 0, 2, 2, -2, -4, 1, 4])), 0)
        form = draw(st.sampled_from(["{k}: {w}"] * 3 + ["- {w}", "- {k}: {w}", "{k}:", "{w}", "", "# c", "-"]))
        ending = draw(st.sampled_from([""] * 8 + ["  ", " # c"]))
        out.append(" " * level + form.format(k=draw(KEYS), w=draw(WORDS)) + ending)
    return draw(st.sampled_from(["\n"] * 9 + ["\r\n"])).join(out) + draw(st.sampled_from(["\n", "", "\n\n", "\n  "]))


SLIPS = st.sampled_from(
    [
        *" -:#?,[]{}'\"|>&*!%@\\\n\t\r\x85\u2028\ufeff\x00é",
        "  ",
        ": ",
        " #",
        "- ",
        "\n\n",
        "\n  ",
        "---\n",
        "<<: ",
        "''",
    ]
)


@st.composite
def slipped(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """A text with characters or lines taken away, put in or put twice."""
    text = draw(texts)
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(text)))
        if draw(st.booleans()):
            text = text[:place] + draw(SLIPS | st.just("")) + text[place + draw(st.integers(0, 3)) :]
        else:
            rows = text.split("\n")
            row = draw(st.integers(0, len(rows) - 1))
            again = [" " * draw(st.integers(0, 3)) + rows[row][draw(st.integers(0, 2)) :]]
            rows[row : row + draw(st.integers(0, 1))] = again * draw(st.integers(0, 2))
            text = "\n".join(rows)
    return text


@settings(deadline=None, max_examples=300)
@given(lines() | slipped(lines()) | st.text(" \n-?:[]{}&*!|>'\"#%,ab\t\r\x85\u2028\ufeff<", max_size=60))
def test_lines_are_read_alike(text: str) -> None:
    is_quick(text)


@settings(deadline=None, max_examples=200)
@given(slipped(st.sampled_from(REAL)))
def test_real_files_with_slips_are_read_alike(text: str) -> None:
    is_quick(text)
