"""Round trips, whatever people write: into YAML and back, into every tool and back, from HTML and back."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from servkit.book.reader import read_book
from servkit.book.yaml_reader import compose
from servkit.exchange.book_scripts import BookScripts
from servkit.exchange.export import Filter, export_scripts
from servkit.exchange.html_text import plain_text, to_html
from servkit.exchange.import_plan import ImportRequest, plan_import
from servkit.exchange.placeholders_in import translate
from servkit.exchange.script_text import NewScript, changed, new_text
from servkit.exchange.snapshot import Snapshot
from servkit.exchange.source_file import SourceFile
from servkit.exchange.tools import tool, tool_names
from servkit.scripts.fill import fill, placeholders

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
#: What is awkward in YAML, in Liquid, in CSV or in HTML, among letters.
AWKWARD = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{#", "{", "#{a.b}", "[NAME]", "[[x]]", "{{ x }}", "{{contact.name}}", '"', "'", ": ",
     " #", "- ", "\n", "\n\n", "\t", "  ", "|", ">", "&a", "*a", "!", "%", "@", "`", "=1", "<b>", "&amp;", ",", ";",
     "---", "\u00a0", "\u2028", "é", "ß", "\U0001f600", "\x1b", "yes", "null", "1.0", "{{ customer.first_name }}",
     "{% if x %}", "{% raw %}", "~~~"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(AWKWARD, st.text(max_size=6)), min_size=1, max_size=9).map("".join)
#: What an author would write: words, blanks and names, on some lines.
WORDS = st.sampled_from(
    ["Hello", "we", "come", "by", "on", "Monday,", "for sure.", "Is that all right?", "- one", "äöü", "&", "<3"]
)
NAMES = st.sampled_from(
    ['{{ customer.first_name | default: "there" }}', "{{ agent.name }}", "{{ book.name }}", "{{ order_no }}",
     '{{ customer.plan | default: "with us" }}', "{{ terms.returns.window }}"]
)  # fmt: skip
LINES = st.lists(st.one_of(WORDS, NAMES), min_size=1, max_size=5).map(" ".join)
SCRIPTS = st.lists(st.lists(LINES, min_size=1, max_size=4).map("\n".join), min_size=1, max_size=4)
SETTINGS = "servkit: 1\nname: Alder & Sons\nattributes: {plan: {type: text}}\n"
TERM = "kind: policy\nid: returns\nrule: flexible\nterms: {window: {value: 30 days}}\n"


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@QUICK
@given(TEXTS, TEXTS)
def test_a_document_says_what_it_was_given(say: str, title: str) -> None:
    assume(say.strip("\n"))
    text = new_text(NewScript("a", title, "b", say, "zendesk", title, (title,)))
    (source,) = compose("a.yaml", text.encode())
    assert source.data["say"] == _clean(say)
    assert source.data["title"] == _clean(title)
    assert source.data.get("origin", {}) == ({"zendesk": _clean(title)} if title else {})
    assert source.data["tags"] == [_clean(title)]


@QUICK
@given(TEXTS, TEXTS, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_a_change_touches_nothing_else(before: str, after: str, ending: str, last: bool) -> None:
    assume(before.strip("\n") and after.strip("\n"))
    first = "kind: script\nid: other\nsay: stays   # as it is\n---\n# about this\n"
    text = first + new_text(NewScript("a", "A", "a", before, "csv", "1")) + "\n# the end\n"
    text = text if last else text + "---\nkind: script\nid: next\nsay: too\n"
    raw = text.replace("\n", ending).encode()
    sources = compose("", raw)
    done = changed(raw, sources[1].line(), {"say": after, "title": "B"})
    assert done is not None
    now = compose("", done)
    assert now[1].data == {**sources[1].data, "say": _clean(after), "title": "B"} or "\r" in after or ending == "\r\n"
    assert [source.data for source in (now[0], *now[2:])] == [source.data for source in (sources[0], *sources[2:])]
    assert done.startswith(first.replace("\n", ending).encode())
    assert f"{ending}# the end{ending}".encode() in done


@QUICK
@given(st.sampled_from(["zendesk", "zammad", "espanso", "csv"]), TEXTS, st.sampled_from(["en", "de", "xx"]))
def test_no_text_of_another_tool_breaks_a_script(kind: str, text: str, language: str) -> None:
    """Whatever it looks like, Liquid reads it, and what can be filled is filled."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "servkit.yaml").write_text(SETTINGS, "utf-8")
        book = read_book(folder)
    done = translate(text, tool(kind).VOCABULARY, book.settings, language)
    names = placeholders(done.text)
    values = {name.partition(".")[0]: "x" for name in names if "." not in name}
    filled = fill(done.text, values)
    assert set(filled.missing) <= set(names)


@QUICK
@given(st.lists(LINES, min_size=1, max_size=4).map("\n".join))
def test_html_and_back(text: str) -> None:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    plain = "\n".join(lines).strip("\n")
    assert plain_text(to_html(plain)).text == plain or "- one" in plain


HTML = st.lists(
    st.one_of(st.sampled_from(["<p>", "</p>", "<br>", "<a href='x'>", "</a>", "<!--", "-->", "<![", "<a ", "</", "<ul>",
                               "<li>", "&lt;", "&#x0;", "<script>", "word", " ", "\n"]), st.text(max_size=3)),
    max_size=12,
).map("".join)  # fmt: skip


@QUICK
@given(HTML)
def test_any_html_is_read(html: str) -> None:
    """The parser of the standard library fails for `<![`, and takes minutes for many `<a `."""
    text = plain_text(html).text
    assert "<p>" not in text
    assert plain_text(html + "<a " * 20_000).text.startswith(text[:5])


@pytest.mark.parametrize("kind", tool_names())
@FEW
@given(scripts=SCRIPTS)
def test_out_and_in_and_out_again(kind: str, scripts: list[str]) -> None:
    """What a book sends out is known when it comes back; and a book made of it sends out the same bytes."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        for root in (Path(folder), Path(other)):
            (root / "servkit.yaml").write_text(SETTINGS, "utf-8")
            (root / "returns.yaml").write_text(TERM, "utf-8")
        for number, say in enumerate(scripts):
            document = new_text(NewScript(f"s-{number}", f"Script {number}", f"s{number}", say + "\n", "", ""))
            (Path(folder) / f"s{number}.yaml").write_text(document, "utf-8")
        module = tool(kind)
        book = _scripts(folder)
        out = export_scripts(book, module, kind, Snapshot(), Filter(), "x", several=False)
        assert out.written == len(scripts)
        came = [module.read(SourceFile("x", out.files[0][1]))]
        back = plan_import(book, module, came, Snapshot(), ImportRequest(kind, ""))
        assert [step.verb for step in back.steps] == ["same"] * len(scripts)
        assert not back.files
        for path, data in plan_import(_scripts(other), module, came, Snapshot(), ImportRequest(kind, "")).files.items():
            (Path(other) / path).parent.mkdir(exist_ok=True)
            (Path(other) / path).write_bytes(data)
        again = export_scripts(_scripts(other), module, kind, Snapshot(), Filter(), "x", several=False)
        replies = module.read(SourceFile("x", again.files[0][1])).replies
        assert sorted(reply.text for reply in replies) == sorted(reply.text for reply in came[0].replies)


def _scripts(folder: str) -> BookScripts:
    book = read_book(folder)
    assert not book.problems
    return BookScripts(Path(folder), book.settings, book.entries, book.settings.language, 739_000)
