"""servkit's own words: every language says everything, and a company may add to them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from hypothesis import given
from hypothesis import strategies as st

import servkit
from servkit import lint_book
from servkit.book.problems import ServkitError
from servkit.languages.catalogue import ENGLISH, Message, catalogue, placeholders, po_text, shipped_languages, texts

#: How texts are marked in the code, as in `make words`.
KEYWORDS = {"Message": None, "gettext": None, "ngettext": (1, 2)}
SOURCE = Path(servkit.__file__).parent


@cache
def in_code() -> dict[str, tuple[str, ...]]:
    """The texts of the code, each with its plural where it has one."""
    found = extract_from_dir(SOURCE, [("**.py", "python"), ("**.html", "jinja2")], keywords=KEYWORDS)
    forms = [(message,) if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found]
    return {form[0]: form for form in forms}


def test_no_text_stands_within_an_f_string() -> None:
    """The extractor sees such a text on some Pythons only."""
    calls = [
        f"{path.relative_to(SOURCE)}:{call.lineno}"
        for path in SOURCE.rglob("*.py")
        for text in [path.read_text("utf-8")]
        if any(f"{name}(" in text for name in KEYWORDS)  # to read the rest takes seconds
        for string in ast.walk(ast.parse(text))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", getattr(call.func, "attr", "")) in KEYWORDS
        and isinstance(call.args[0], ast.Constant)
    ]
    assert calls == []


def test_there_are_german_spanish_and_french() -> None:
    assert {"de", "es", "fr"} <= set(shipped_languages())


@pytest.mark.parametrize("language", shipped_languages())
def test_every_text_is_translated_and_none_is_left_over(language: str) -> None:
    ids = set()
    text = (SOURCE / "languages" / f"{language}.po").read_text("utf-8")
    assert "#~" not in text
    assert ", fuzzy" not in text
    spoken = catalogue(language)
    for first, *plural in in_code().values():
        ids.add(first)
        if plural:
            filled = [spoken._translations.ngettext(first, plural[0], count) for count in (1, 2)]  # type: ignore[union-attr]
            assert len(set(filled)) == 2, first
        else:
            filled = [spoken.gettext(first)]
        for translation in filled:
            assert translation
            assert placeholders(translation) == placeholders(plural[0] if plural else first), (language, first)
            assert (first[:1].isspace(), first[-1:].isspace()) == (
                translation[:1].isspace(),
                translation[-1:].isspace(),
            )
    assert set(texts()) == ids, "run: make words"
    assert f'msgid "{next(iter(ids))}' in text


@pytest.mark.parametrize("language", shipped_languages())
def test_a_header_says_only_what_a_reader_needs(language: str) -> None:
    header = (SOURCE / "languages" / f"{language}.po").read_text("utf-8").partition("\n\n")[0]
    names = [line[1:].partition(":")[0] for line in header.splitlines() if line[:1] == '"' and ":" in line]
    kept = ["Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]
    assert names == kept, "run: make words"


@pytest.mark.parametrize("language", shipped_languages())
def test_a_translation_differs_from_the_english(language: str) -> None:
    spoken = catalogue(language)
    same = {text for text in in_code() if len(text.split()) > 2 and spoken.gettext(text) == text}
    assert same == set()


def test_english_is_what_the_code_says() -> None:
    assert ENGLISH.gettext("from {day}", day="Monday") == "from Monday"
    assert catalogue("tlh").gettext("Why") == "Why"
    assert str(Message("from {day}", {"day": "{x}"})) == "from {x}"


def test_a_language_of_a_region_has_the_words_of_its_language() -> None:
    assert catalogue("es-MX").gettext("Why") == "Por qué"


def write(root: Path, language: str, text: str) -> Path:
    (root / "languages").mkdir(exist_ok=True)
    (root / "languages" / f"{language}.po").write_text(text, "utf-8")
    return root


def test_a_company_rewords_and_adds_a_language(tmp_path: Path) -> None:
    write(tmp_path, "en", 'msgid "Why"\nmsgstr "Why we do it"\n\nmsgid "Handbook"\nmsgstr ""\n')
    write(tmp_path, "tlh", 'msgid "Why"\nmsgstr "qatlh"\n')
    write(tmp_path, "de-AT", 'msgid "Why"\nmsgstr "Wieso"\n')
    assert catalogue("en", tmp_path).gettext("Why") == "Why we do it"
    assert catalogue("en", tmp_path).gettext("Handbook") == "Handbook"
    assert catalogue("tlh", tmp_path).gettext("Why") == "qatlh"
    assert catalogue("tlh", tmp_path).gettext("Handbook") == "Handbook"
    austrian = catalogue("de-AT", tmp_path)
    assert (austrian.gettext("Why"), austrian.gettext("Handbook")) == ("Wieso", "Handbuch")
    assert catalogue("de", tmp_path).gettext("Why") == "Warum"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('msgid "Whhy"\nmsgstr "x"\n', 1, "servkit says nothing like `Whhy`. Did you mean `Why`?"),
        ('msgid "Why"\nmsgstr ""\n\nmsgid "from {day}"\nmsgstr "ab {dya}"\n', 4, "Nothing fills the blanks of"),
        (
            'msgid "from {day}"\nmsgstr "ab {"\n',
            1,
            "the blanks of `ab {`. It may have these and no other braces: `{day}`.",
        ),
        ('msgid "from {day}"\nmsgstr "ab {day.year}"\n', 1, "Nothing fills the blanks of"),
        ('msgid "from {day}"\nmsgstr "ab {day!r:>99}"\n', 1, "Nothing fills the blanks of"),
        ('msgid "Why"\nmsgstr "{}"\n', 1, "This text has no blanks."),
        ('msgid "Why"\nwhat is this\n', 2, "This line can't be read. Write pairs such as"),
        (
            'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=os.system;\\n"\n',
            2,
            "`Plural-Forms` can't be read. Copy it from `servkit words en`.",
        ),
    ],
)
def test_mistakes_of_a_company(tmp_path: Path, text: str, line: int, message: str) -> None:
    write(tmp_path, "en", text)
    with pytest.raises(ServkitError) as raised:
        catalogue("en", tmp_path)
    assert message in str(raised.value)
    assert raised.value.line == line
    assert raised.value.path.endswith("languages/en.po")


def test_everything_that_is_wrong_is_a_finding(tmp_path: Path) -> None:
    write(tmp_path, "en", 'msgid "Whhy"\nmsgstr "x"\n\nmsgid "from {day}"\nmsgstr "{dya}"\n')
    write(tmp_path, "deutsch", 'msgid "Why"\nmsgstr "Wieso"\n')
    (tmp_path / "languages" / "fr.po").write_bytes(b'msgid "Why"\nmsgstr "\xff"\n')
    (tmp_path / "languages" / "es.po").mkdir()
    write(tmp_path, "it", 'msgid "Why"\nmsgstr "Perché"\n')
    (tmp_path / "servkit.yaml").write_text("servkit: 1\nname: Example\n")
    found = lint_book(tmp_path).findings
    assert [(one.code, one.path, one.line) for one in found] == [
        ("SK517", "languages/deutsch.po", 1),
        ("SK517", "languages/en.po", 1),
        ("SK517", "languages/en.po", 4),
        ("SK517", "languages/es.po", 1),
        ("SK517", "languages/fr.po", 2),
    ]


@given(st.binary(max_size=60) | st.text('msgidtr_plural"\\ \n{}#,~[0]:;=n', max_size=60).map(str.encode))
def test_any_bytes_are_a_catalogue_or_an_error_with_its_place(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    root = tmp_path_factory.mktemp("book")
    (root / "languages").mkdir()
    (root / "languages" / "xx.po").write_bytes(raw)
    try:
        spoken = catalogue("xx", root)
    except ServkitError:
        return
    assert spoken.gettext("Why")


@pytest.mark.parametrize("language", ["it", "de", "en"])
def test_what_is_printed_to_be_translated_is_a_catalogue(tmp_path: Path, language: str) -> None:
    printed = po_text(language)
    assert all(f'msgid "{text}"' in printed for text in ("Why", "from {day}"))
    write(tmp_path, language, printed)
    assert catalogue(language, tmp_path).gettext("Why") == catalogue(language).gettext("Why")
