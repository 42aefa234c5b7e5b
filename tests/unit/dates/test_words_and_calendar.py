"""What the words of a date cell mean, and the days that the English calendar gives their names."""

from datetime import date, timedelta

import pytest
from dateutil.easter import easter

from candour.engines.dates import Context, Reading, excel_serial, prove_day_order, read_date
from candour.engines.dates.calendar_days import easter_sunday
from candour.engines.dates.misspelling import distance
from candour.engines.dates.vocabulary import WORDS

ALONE = Context(as_of=date(2026, 11, 22))
LATER = Context(as_of=date(2199, 12, 31))


def read(text: str, context: Context = ALONE) -> Reading:
    return read_date(text, context)


def window(text: str, context: Context = ALONE) -> tuple[date | None, date | None]:
    reading = read_date(text, context)
    assert reading.status == "resolved", (text, reading.reason)
    return reading.earliest, reading.latest


MONTH_WORDS = (
    "January Jan Jany|February Feb Febr Feby|March Mar Mch|April Apr Apl|May|June Jun|July Jul|"
    "August Aug|September Sep Sept|October Oct Octr|November Nov|December Dec"
)
ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "-", "xi", "xii"]


@pytest.mark.parametrize("month", range(1, 13))
def test_every_word_for_a_month_is_that_month(month: int) -> None:
    for word in MONTH_WORDS.split("|")[month - 1].split():
        assert window(f"17 {word} 2012") == (date(2012, month, 17),) * 2
        assert window(f"{word}. 17th, 2012") == (date(2012, month, 17),) * 2
        assert window(f"17-{word}-12") == (date(2012, month, 17),) * 2
    if ROMAN[month - 1] != "-":
        assert window(f"17.{ROMAN[month - 1]}.12") == (date(2012, month, 17),) * 2


WEEKDAY_WORDS = (
    "Monday Mon Mond|Tuesday Tue Tues|Wednesday Wed Weds Wednes|Thursday Thu Thur Thurs|"
    "Friday Fri|Saturday Sat Sats|Sunday Sun"
)


@pytest.mark.parametrize("weekday", range(7))
def test_a_weekday_that_is_not_the_days_own_is_queried(weekday: int) -> None:
    monday = date(2012, 9, 3)
    for word in WEEKDAY_WORDS.split("|")[weekday].split():
        for ahead in range(7):
            day = monday + timedelta(days=ahead)
            reading = read(f"{word} {day:%d %B %Y}")
            assert reading.earliest == day
            assert bool(reading.slips) is (ahead != weekday), (word, day)


ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]


@pytest.mark.parametrize("day", range(1, 32))
def test_every_ordinal_in_words_and_in_figures_is_its_day(day: int) -> None:
    word = ORDINALS[day - 1]
    for text in (word, word.replace("-", " ")):
        assert window(f"the {text} of May 2012") == (date(2012, 5, day),) * 2
    for ending in ("st", "nd", "rd", "th"):
        reading = read(f"{day}{ending} May 2012")
        right = f"{date(2012, 5, day):%-d}{ending}" in RIGHT_ORDINALS
        assert (reading.earliest, bool(reading.slips)) == (date(2012, 5, day), not right)


RIGHT_ORDINALS = [
    "1st",
    "2nd",
    "3rd",
    "4th",
    "5th",
    "6th",
    "7th",
    "8th",
    "9th",
    "10th",
    "11th",
    "12th",
    "13th",
    "14th",
    "15th",
    "16th",
    "17th",
    "18th",
    "19th",
    "20th",
    "21st",
    "22nd",
    "23rd",
    "24th",
    "25th",
    "26th",
    "27th",
    "28th",
    "29th",
    "30th",
    "31st",
]


def test_easter_is_where_another_reckoning_puts_it() -> None:
    assert all(easter_sunday(year) == easter(year) for year in range(1850, 2200))


@pytest.mark.parametrize(
    ("name", "month", "day"),
    [
        ("Shrove Tuesday", 2, 21), ("Pancake Day", 2, 21), ("Ash Wednesday", 2, 22),
        ("Mothering Sunday", 3, 18), ("Mother's Day", 3, 18), ("Palm Sunday", 4, 1),
        ("Maundy Thursday", 4, 5), ("Good Friday", 4, 6), ("Easter Saturday", 4, 7),
        ("Easter Sunday", 4, 8), ("Easter Day", 4, 8), ("Easter Monday", 4, 9),
        ("Easter Mon", 4, 9), ("Good Fri", 4, 6), ("Whit Sunday", 5, 27), ("Whit Monday", 5, 28),
        ("Christmas Eve", 12, 24), ("Xmas Day", 12, 25), ("Boxing Day", 12, 26),
        ("New Year's Eve", 12, 31), ("New Year's Day", 1, 1), ("Halloween", 10, 31),
        ("Bonfire Night", 11, 5), ("Guy Fawkes", 11, 5), ("Valentine's Day", 2, 14),
        ("St Patrick's Day", 3, 17), ("St George's Day", 4, 23), ("Remembrance Day", 11, 11),
        ("Armistice Day", 11, 11), ("April Fools Day", 4, 1), ("All Saints Day", 11, 1),
        ("All Souls Day", 11, 2), ("Father's Day", 6, 17), ("Remembrance Sunday", 11, 11),
        ("August bank holiday", 8, 27), ("May Day bank holiday", 5, 7),
        ("spring bank holiday", 6, 4),
    ],
)  # fmt: skip
def test_a_named_day_of_2012_is_the_calendars_own(name: str, month: int, day: int) -> None:
    assert window(f"{name} 2012") == (date(2012, month, day),) * 2


def test_sundays_counted_in_a_month_are_right_whatever_day_it_begins_on() -> None:
    for year in range(1990, 2026):
        for name, month, first in (("Father's Day", 6, 15), ("Remembrance Sunday", 11, 8)):
            found, _ = window(f"{name} {year}")
            assert found is not None
            assert found.weekday() == 6
            assert 0 <= (found - date(year, month, first)).days < 7


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("August bank holiday", 1971),
        ("early May bank holiday", 1978),
        ("spring bank holiday", 1971),
    ],
)
def test_no_bank_holiday_is_known_before_the_act_that_made_it(name: str, first: int) -> None:
    assert read(f"{name} {first}").status == "resolved"
    assert read(f"{name} {first - 1}").status == "refused"


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [
        ("early", 1, 10), ("beginning of", 1, 10), ("start of", 1, 10), ("mid", 10, 20),
        ("middle of", 10, 20), ("late", 20, 28), ("end of", 20, 28), ("towards the end of", 20, 28),
        ("first half of", 1, 15), ("second half of", 16, 28), ("last day of", 28, 28),
    ],
)  # fmt: skip
def test_a_part_of_february_ends_with_february(part: str, first: int, last: int) -> None:
    assert window(f"{part} February 2011") == (date(2011, 2, first), date(2011, 2, last))


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [
        ("early", (1, 1), (4, 30)), ("mid", (5, 1), (8, 31)), ("late", (9, 1), (12, 31)),
        ("first half of", (1, 1), (6, 30)), ("second half of", (7, 1), (12, 31)),
    ],
)  # fmt: skip
def test_a_part_of_a_year_is_whole_months(
    part: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    assert window(f"{part} 2012") == (date(2012, *first), date(2012, *last))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("autumn term", (2010, 9, 1), (2010, 12, 31)),
        ("spring term", (2011, 1, 1), (2011, 4, 30)),
        ("summer term", (2011, 4, 1), (2011, 7, 31)),
        ("academic year", (2010, 9, 1), (2011, 8, 31)),
        ("financial year", (2010, 4, 1), (2011, 3, 31)),
        ("tax year", (2010, 4, 6), (2011, 4, 5)),
        ("winter", (2010, 12, 1), (2011, 2, 28)),
    ],
)
def test_a_term_or_long_year_of_two_years_lies_across_them(
    name: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    for years in ("2010/11", "2010-11", "2010/2011", "10/11"):
        assert window(f"{name} {years}") == (date(*first), date(*last)), years
    for years in ("2010/12", "2010/2012", "10/12", "2010/10", "2010/09"):
        assert read(f"{name} {years}").status != "resolved", years
    if name not in ("autumn term", "spring term", "summer term"):
        assert read(f"{name} 2010").status == "needs_context"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1850", (1850, 1, 1), (1850, 12, 31)), ("2199", (2199, 1, 1), (2199, 12, 31)),
        ("3/4/39", (2039, 4, 3), (2039, 4, 3)), ("3/4/40", (1940, 4, 3), (1940, 4, 3)),
        ("185x", (1850, 1, 1), (1859, 12, 31)), ("1990s", (1990, 1, 1), (1999, 12, 31)),
        ("20142039", (2014, 1, 1), (2039, 12, 31)), ("2009-2039", (2009, 1, 1), (2039, 12, 31)),
        ("2009-13", (2009, 1, 1), (2013, 12, 31)), ("2098-99", None, None),
        ("1849", None, None), ("18401860", None, None),
        ("18501880", (1850, 1, 1), (1880, 12, 31)), ("2200", None, None),
        ("1849-05-03", None, None),
        ("20142044", (2014, 1, 1), (2044, 12, 31)), ("20142045", None, None),
        ("20142014", None, None), ("20142013", None, None),
        ("1995s", None, None), ("2009-12", (2009, 12, 1), (2009, 12, 31)),
        ("2009-10", None, None), ("2009/10", None, None), ("2009–12", None, None),
        ("2012-W53", None, None), ("2015-W53", (2015, 12, 28), (2016, 1, 3)),
        ("2012-W14-8", None, None), ("2012-W14-0", None, None), ("2012-W00", None, None),
        ("29/2/2012", (2012, 2, 29), (2012, 2, 29)), ("29/2/2011", None, None),
        ("0/5/2012", None, None), ("31/6/2012", None, None), ("3/0/2012", None, None),
        ("3/13/2012", None, None), ("32/5/2012", None, None),
    ],
)  # fmt: skip
def test_years_and_days_end_where_a_record_could_not_bear_them(
    text: str, first: tuple[int, int, int] | None, last: tuple[int, int, int] | None
) -> None:
    if first is None or last is None:
        assert read(text, LATER).status != "resolved"
    else:
        assert window(text, LATER) == (date(*first), date(*last))


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("O3/04/2012", ["'o3' read as 03"]),
        ("l3/O4/2OI2", ["'l3' read as 13", "'o4' read as 04", "'2oi2' read as 2012"]),
        ("3 Apri1 2012", ["'apri1' read as april"]),
        ("5 Augu5t 2012", ["'augu5t' read as august"]),
        ("3rd Arpil 2012", ["'arpil' read as a month"]),
        ("12 Septmber 2012", ["'septmber' read as a month"]),
        ("12 Sept 2012 - 14 Ocotber 2012", ["'ocotber' read as a month"]),
        ("Wendesday 12 September 2012", ["'wendesday' read as a weekday"]),
        ("Tuseday 11 Sept 2012", ["'tuseday' read as a weekday"]),
        ("22.05/16", ["separators differ"]),
        ("3//4/2012", ["'//' read as one separator"]),
        ("3./4/2012", ["'./' read as one separator"]),
        ("1/5/2012, O2/05/2012", ["'o2' read as 02"]),
        ("31th March 2010", ["'31th' read as 31st"]),
        ("on 22rd Nov 2012", ["'22rd' read as 22nd"]),
        ("20152016", ["'20152016' read as 2015 to 2016"]),
        ("3/4/12 25:10", ["'25:10' is not a time of day"]),
        ("3/4/12 2400hrs", ["'2400' is not a time of day"]),
        ("Monday 3 April 2012", ["2012-04-03 was a Tuesday, not a Monday"]),
    ],
)
def test_whatever_was_read_through_a_slip_is_said_once_and_nothing_else(
    text: str, slips: list[str]
) -> None:
    for before in ("", "1 January 1985 or ", "after 1 January 1985 but before "):
        reading = read(before + text)
        if not before or (" - " not in text and "," not in text):
            assert reading.status == "resolved", reading.reason
            assert sorted(reading.slips) == sorted(slips), before


@pytest.mark.parametrize(
    ("text", "rule", "reason"),
    [
        ("Tuesday", "no date", "A weekday alone is not a date. Add the day, month and year."),
        ("2.35pm", "no date", "There is a time but no date. Add the date."),
        ("May", "no year", "The year is missing."),
        ("5 May", "no year", "The year is missing."),
        ("31 June", "impossible", "There is no 31 June."),
        ("30 February", "impossible", "There is no 30 February."),
        ("29/2/2011", "impossible", "There is no 29 February 2011."),
        ("31/4/2011", "impossible", "There is no 31 April."),
        ("home visit", "no date", "The cell gives no date."),
        ("3 weeks later", "relative", "The cell counts from another day."),
        ("zz 3 zz", "no date", "'zz zz' could not be read with the date."),
        ("5th", "no month", "The month is missing."),
        ("3/4/212", "impossible", "A year has two or four digits, and '212' has 3."),
        ("3/4/1066", "impossible", "The year 1066 is too long ago to be right."),
        ("3/4/2300", "impossible", "The year 2300 is later than today."),
        ("2009/10", "two years", "'2009/10' may be a school year"),
        ("3/4/2012 -", "range without end", "The cell ends in a dash."),
        ("3/4/2012 - ?", "range without end", "One end of the range is not known."),
        ("5/4/12 - 3/4/12", "impossible", "The range runs backwards, from 2012-04-05 to 2012-04-0"),
        ("before Easter 2012", "before Easter", "This may be before Good Friday"),
        ("before the end of May 2012", "before or after part of a month", "'before the end of' a"),
        ("after 5/4/12 but before 3/4/12", "bounds", "No day lies between the two dates."),
        ("3/4/12 (5/4/12)", "two dates", "The date and the date in brackets differ."),
        ("201204", "digits run together", "'201204' can be read in more than one way."),
        ("999999", "impossible", "'999999' is not a date."),
        ("winter 2010", "winter with one year", "Winter 2010 may be the winter that began"),
        ("spring 2010/11", "two years", "Spring 2010/2011 names two years. Give one."),
        ("w/c 3/9/12 and 5/9/12", "week and list", "These weeks begin on different weekdays."),
        ("xx/xx/2012 and a bit", "no date", "'a bit' could not be read"),
        ("Eid 2012", "no date", "'eid' could not be read"),
        ("May Day 2012", "no date", "The days of may day are not known to this system."),
        ("x" * 401, "no date", "A date cell of more than 400 characters is not a date."),
        ("Undated, 3/4/12", "date not known", "The cell gives a day and says that none is known."),
    ],
)
def test_a_refusal_names_its_rule_and_says_what_is_wrong(text: str, rule: str, reason: str) -> None:
    reading = read(text)
    assert (reading.status != "resolved", reading.rule) == (True, rule)
    assert (reading.reason or "").startswith(reason), reading.reason


@pytest.mark.parametrize(
    ("number", "since_1900", "since_1904"),
    [
        (61, date(1900, 3, 1), date(1904, 3, 2)),
        (41002, date(2012, 4, 3), date(2016, 4, 4)),
        (41002.999, date(2012, 4, 3), date(2016, 4, 4)),
    ],
)
def test_a_day_number_counts_from_the_workbooks_first_day(
    number: float, since_1900: date, since_1904: date
) -> None:
    assert excel_serial(number, date_1904=False).earliest == since_1900
    assert excel_serial(number, date_1904=True).latest == since_1904
    assert excel_serial(110_000, date_1904=False).status == "refused"
    assert excel_serial(60, date_1904=False).status == "refused"


def test_a_day_number_with_a_fraction_gives_the_time_to_the_minute() -> None:
    for fraction, time in ((0.5, "12:00"), (1439 / 1440, "23:59"), (0.9999, None), (0.0001, None)):
        assert excel_serial(41002 + fraction, date_1904=False).time_from == time


MONTHS = [words.split()[0].lower() for words in MONTH_WORDS.split("|")]


@pytest.mark.parametrize("name", [name for name in MONTHS if len(name) > 4])
def test_a_month_with_a_letter_lost_doubled_or_swapped_is_that_month(name: str) -> None:
    for at in range(1, len(name) - 1):
        lost = name[:at] + name[at + 1 :]
        doubled = name[:at] + name[at] + name[at:]
        swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        for word in (lost, doubled, swapped):
            if word in WORDS or (len(name) == 5 and word == lost):
                continue
            assert window(f"3 {word} 2012") == (date(2012, MONTHS.index(name) + 1, 3),) * 2, word


@pytest.mark.parametrize(
    ("word", "name", "exchange", "apart"),
    [
        ("june", "june", 1, 0), ("jne", "june", 1, 1), ("juune", "june", 1, 1),
        ("jnue", "june", 1, 1), ("jane", "june", 1, 1), ("jane", "june", 2, 2),
        ("ujne", "june", 2, 1), ("septmbr", "september", 1, 2), ("", "june", 1, 4),
        ("june", "", 1, 4), ("enuj", "june", 1, 3), ("febuary", "february", 2, 1),
    ],
)  # fmt: skip
def test_letters_lost_added_exchanged_or_swapped_are_counted(
    word: str, name: str, exchange: int, apart: int
) -> None:
    assert distance(word, name, exchange=exchange) == apart


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["13/12/2012"], "dmy"), (["31/1/12"], "dmy"), (["12/13/2012"], "mdy"),
        (["1/31/12"], "mdy"),
        (["12/12/2012"], None), (["32/1/12"], None), (["1/32/12"], None), (["13/13/12"], None),
        (["13/0/12"], None), (["0/13/12"], None), (["12.13.'12"], "mdy"), (["13-1-2012"], "dmy"),
        (["5/4/12", "seen on 13/1/12 and 14/1/12"], "dmy"), (["13/1/12", "1/13/12"], None),
    ],
)  # fmt: skip
def test_only_a_number_that_can_be_nothing_but_a_day_proves_the_order(
    cells: list[str], order: str | None
) -> None:
    assert prove_day_order(cells) == order
