"""Hours as people write them: what to write instead, and where the slip is."""

from __future__ import annotations

from datetime import datetime

import pytest

from servkit.clocks.hours import HoursProblem, overruled_part, read_hours, written_hours


@pytest.mark.parametrize(
    ("hours", "word", "written"),
    [
        ("Mon-Fri 9am-5pm", "Mon-Fri", "Mo-Fr 09:00-17:00"),
        ("Monday-Friday 09:00-17:00", "Monday-Friday", "Mo-Fr 09:00-17:00"),
        ("Mo-Fr 8-18", "8-18", "Mo-Fr 08:00-18:00"),
        ("Mo–Fr 08:00–18:00", "Mo–Fr", "Mo-Fr 08:00-18:00"),
        ("Mo-Fr 08.00-18.00", "08.00-18.00", "Mo-Fr 08:00-18:00"),
        ("Mo-Fr 9:00 to 17:00", "9:00", "Mo-Fr 09:00-17:00"),
        ("Mo to Fr 09:00-17:00", "to", "Mo-Fr 09:00-17:00"),
        ("weekdays 9-5", "weekdays", "Mo-Fr 09:00-17:00"),
        ("Mo-Fr 9 a.m. - 5:30 p.m.", "9", "Mo-Fr 09:00-17:30"),
        ("Mo-Fr 09:00-17:00 and Sa 10:00-12:00", "and", "Mo-Fr 09:00-17:00; Sa 10:00-12:00"),
        ("Mo-Fr 09:00-12:00 13:00-17:00", "13:00-17:00", "Mo-Fr 09:00-12:00, 13:00-17:00"),
        ("Mo-Fr 09:00-17:00; Sat closed", "Sat", "Mo-Fr 09:00-17:00; Sa off"),
        ("Mo-Fr 09:00-17:00; holidays off", "holidays", "Mo-Fr 09:00-17:00; PH off"),
        ("Mo-Fr 09:00-17:00; 25.12. off", "25.12.", "Mo-Fr 09:00-17:00; Dec 25 off"),
        ("Mo-Fr 09:00-17:00; 2026-12-25 off", "2026-12-25", "Mo-Fr 09:00-17:00; 2026 Dec 25 off"),
        ("Mo-Fr 09:00-17:00;", ";", "Mo-Fr 09:00-17:00"),
        ("Di-Fr 9 bis 17 Uhr", "Di-Fr", "Tu-Fr 09:00-17:00"),
        ("Lu-Vi 9h-17h", "Lu-Vi", "Mo-Fr 09:00-17:00"),
    ],
)
def test_hours_as_people_write_them(hours: str, word: str, written: str) -> None:
    with pytest.raises(HoursProblem) as raised:
        read_hours("desk", hours, None, "UTC")
    assert str(raised.value) == f"`{word}` in the hours of the clock `desk` can't be read. Write `{written}`."
    assert raised.value.start is not None
    assert hours[raised.value.start :].startswith(word)
    read_hours("desk", written, None, "UTC")


@pytest.mark.parametrize(
    "hours", ["by appointment", "Mo-Fr 08:00-18:00, Sa 10:00", "Mo-Fr 08:00-18:00 || by appointment", "?", ""]
)
def test_hours_that_nobody_can_guess_get_an_example(hours: str) -> None:
    assert written_hours(hours) is None
    with pytest.raises(HoursProblem, match="Write them like `Mo-Fr 08:00-18:00; Sa 10:00-14:00; PH off`"):
        read_hours("desk", hours, None, "UTC")


@pytest.mark.parametrize(
    ("country", "advice"),
    [("Germany", "DE"), ("Deutschland", "DE"), ("UK", "GB"), ("de", "DE"), ("Gremany", "DE"), ("USA", "US")],
)
def test_a_country_gets_its_code(country: str, advice: str) -> None:
    with pytest.raises(HoursProblem, match=f"for the country `{country}` .*`{advice}`"):
        read_hours("desk", "Mo-Fr 08:00-18:00; PH off", country, "UTC")


def test_a_part_that_is_overruled_is_found() -> None:
    start = datetime(2026, 3, 1)  # noqa: DTZ001 - a clock has its zone
    found = overruled_part("PH off; Mo-Sa 08:00-18:00", "US", start)
    assert found == ("PH off", 0, "Mo-Sa 08:00-18:00; PH off")
    assert overruled_part("Dec 25 off; Mo-Su 08:00-18:00", None, start) == (
        "Dec 25 off",
        0,
        "Mo-Su 08:00-18:00; Dec 25 off",
    )
    assert overruled_part("Mo-Sa 08:00-18:00; PH off", "US", start) is None
    assert overruled_part("Mo-Fr 08:00-18:00; Sa-Su off", None, start) is None
    assert overruled_part('Mo-Fr 08:00-18:00 || "by appointment; ring"', None, start) is None
