"""
Time vectors, computed independently of the engine: `python3 test/calendar/vectors.py > test/calendar/vectors.json`.

Written from rules 4.4, 4.5 and 16.5 alone, with Python's datetime and zoneinfo; no line of the engine is used or translated. Days are
walked one by one and clocks are read from the zone database, so that a mistake in the engine's shortcuts shows. Tests read the JSON;
Python is needed only to make it again.
"""
import json
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

UTC = timezone.utc
ONE = timedelta(days=1)

CHRISTMAS = {"2026-12-24": "Christmas Eve", "2026-12-25": "Christmas Day", "2026-12-31": "New Year's Eve", "2027-01-01": "New Year's Day"}
CALENDARS = {
    # The calendar of rules 16.5.
    "berlin": {"zone": "Europe/Berlin", "weekend": [6, 7], "holidays": CHRISTMAS, "halfDays": {}},
    "berlinHalfDays": {
        "zone": "Europe/Berlin",
        "weekend": [6, 7],
        "holidays": {"2026-12-25": "Christmas Day", "2027-01-01": "New Year's Day", "2027-03-26": "Good Friday", "2027-03-29": "Easter Monday"},
        "halfDays": {"2026-12-24": "Christmas Eve", "2026-12-31": "New Year's Eve"},
    },
    "newYork": {
        "zone": "America/New_York",
        "weekend": [6, 7],
        "holidays": {"2026-11-26": "Thanksgiving", "2026-12-25": "Christmas Day", "2027-01-01": "New Year's Day", "2027-01-18": "Martin Luther King Day", "2027-07-05": "Independence Day"},
        "halfDays": {"2026-11-27": "Day after Thanksgiving"},
    },
    "kolkata": {"zone": "Asia/Kolkata", "weekend": [7], "holidays": {"2027-01-26": "Republic Day"}, "halfDays": {}},
    "dubai": {"zone": "Asia/Dubai", "weekend": [5, 6], "holidays": {}, "halfDays": {}},
}


def works(day: date, calendar) -> bool:
    return day.isoweekday() not in calendar["weekend"] and day.isoformat() not in calendar["holidays"]


def local(day: date, at: time, calendar) -> datetime:
    """First occurrence of a time that comes twice; a time that is skipped lies after the gap."""
    zone = ZoneInfo(calendar["zone"])
    wall = datetime.combine(day, at)
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return instant


def read(text: str, calendar) -> datetime:
    """`2026-10-23T18:00` on the clocks of the calendar."""
    wall = datetime.fromisoformat(text)
    return local(wall.date(), wall.time(), calendar)


def day_of(instant: datetime, calendar) -> date:
    return instant.astimezone(ZoneInfo(calendar["zone"])).date()


def working_days_from(day: date, count: int, calendar) -> date:
    step = ONE if count > 0 else -ONE
    found = 0
    while found < abs(count):
        day += step
        if works(day, calendar):
            found += 1
    return day


def rolled(day: date, roll: str, calendar) -> date:
    if roll == "NONE":
        return day
    while not works(day, calendar):
        day += ONE if roll == "FOLLOWING" else -ONE
    return day


def months_later(day: date, months: int) -> date:
    total = day.year * 12 + (day.month - 1) + months
    year, month = divmod(total, 12)
    month += 1
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month, last)
            except ValueError:
                continue
    raise AssertionError


def due_at(day: date, roll: str, calendar) -> datetime:
    day = rolled(day, roll, calendar)
    half = roll != "NONE" and day.isoformat() in calendar["halfDays"]
    return local(day, time(12) if half else time(17), calendar)


def due(anchor: str, duration: str, roll: str, calendar) -> datetime:
    start = read(anchor, calendar)
    number, unit = int(duration.rstrip("hwcdmo")), duration.lstrip("0123456789")
    if unit == "h":
        return start + timedelta(hours=number)
    day = day_of(start, calendar)
    if unit == "wd":
        day = working_days_from(day, number, calendar)
    elif unit == "cd":
        for _ in range(number):
            day += ONE
    elif unit == "mo":
        day = months_later(day, number)
    return due_at(day, roll, calendar)


def text(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def shown(instant: datetime, calendar) -> str:
    return instant.astimezone(ZoneInfo(calendar["zone"])).isoformat()


def ladder(due_date: str, calendar, steps) -> dict:
    instant = due_at(date.fromisoformat(due_date), "FOLLOWING", calendar)
    day = day_of(instant, calendar)
    found = {}
    for name, days in steps.items():
        found[name] = text(instant if days == 0 else local(working_days_from(day, days, calendar), time(9), calendar))
    return found


STANDARD = {"R1": -7, "R2": -1, "E0": 0, "E1": 3, "E2": 7, "E3": 14}
CRITICAL = {"R1": -3, "R2": -1, "E0": 0, "E1": 1, "E2": 2, "E3": 5}

DUES = [
    # rules 16.5
    ("berlin", "72 hours while summer time ends", "2026-10-23T18:00", "72h", "NONE"),
    ("berlin", "72 hours while summer time begins", "2027-03-26T18:00", "72h", "NONE"),
    ("berlin", "72 hours over Christmas", "2026-12-23T16:30", "72h", "NONE"),
    ("berlin", "a month from the last of January", "2027-01-31T12:00", "1mo", "NONE"),
    # elapsed hours
    ("newYork", "72 hours while summer time begins", "2027-03-12T18:00", "72h", "NONE"),
    ("newYork", "72 hours while summer time ends", "2026-10-30T18:00", "72h", "NONE"),
    ("kolkata", "24 hours, half an hour off the full hour", "2027-01-25T23:45", "24h", "NONE"),
    ("berlin", "24 hours over a leap day", "2028-02-28T12:00", "24h", "NONE"),
    ("berlin", "4 hours through the hour that comes twice", "2026-10-25T01:30", "4h", "NONE"),
    ("berlin", "4 hours through the hour that is skipped", "2027-03-28T01:30", "4h", "NONE"),
    # calendar days
    ("berlin", "14 days end on a holiday and roll", "2026-12-11T10:00", "14cd", "FOLLOWING"),
    ("berlin", "14 days end on a holiday and stay", "2026-12-11T10:00", "14cd", "NONE"),
    ("berlin", "14 days end on a holiday and roll back", "2026-12-11T10:00", "14cd", "PRECEDING"),
    ("berlin", "30 days into the new year, on a day off", "2026-12-02T08:00", "30cd", "FOLLOWING"),
    ("berlin", "days across the end of summer time keep the time of day", "2026-10-20T09:00", "7cd", "FOLLOWING"),
    ("newYork", "days across the beginning of summer time", "2027-03-10T09:00", "7cd", "FOLLOWING"),
    ("newYork", "an anchor late in the evening is the next day in UTC", "2026-11-20T22:30", "10cd", "FOLLOWING"),
    ("kolkata", "an anchor early in the morning is the day before in UTC", "2027-01-20T03:00", "6cd", "FOLLOWING"),
    ("dubai", "the weekend is Friday and Saturday", "2026-11-10T12:00", "3cd", "FOLLOWING"),
    ("berlin", "a day to the leap day", "2028-02-28T12:00", "1cd", "FOLLOWING"),
    ("berlin", "365 days over a leap day", "2027-06-15T12:00", "365cd", "FOLLOWING"),
    # months
    ("berlin", "a month from the last of January in a leap year", "2028-01-31T12:00", "1mo", "NONE"),
    ("berlin", "a month from the last of March", "2027-03-31T12:00", "1mo", "FOLLOWING"),
    ("berlin", "twelve months from a leap day", "2028-02-29T12:00", "12mo", "NONE"),
    ("berlin", "24 months to a leap day's year", "2026-02-28T12:00", "24mo", "NONE"),
    ("newYork", "three months from the last of November", "2026-11-30T16:00", "3mo", "FOLLOWING"),
    ("newYork", "a month that ends on a bank holiday", "2026-12-18T09:00", "1mo", "FOLLOWING"),
    # working days
    ("berlin", "five working days over Christmas", "2026-12-22T11:00", "5wd", "FOLLOWING"),
    ("berlin", "three working days from a Saturday", "2026-12-26T11:00", "3wd", "FOLLOWING"),
    ("berlin", "ten working days over New Year", "2026-12-28T11:00", "10wd", "FOLLOWING"),
    ("newYork", "three working days over Thanksgiving", "2026-11-24T09:00", "3wd", "FOLLOWING"),
    ("newYork", "ten working days over Martin Luther King Day", "2027-01-08T09:00", "10wd", "FOLLOWING"),
    ("kolkata", "six days of work a week", "2027-01-22T10:00", "5wd", "FOLLOWING"),
    ("dubai", "five working days over a weekend on Friday", "2026-11-11T10:00", "5wd", "FOLLOWING"),
    ("berlin", "60 working days over two clock changes", "2027-02-15T10:00", "60wd", "FOLLOWING"),
    # half days
    ("berlinHalfDays", "due on a half day: noon", "2026-12-17T09:00", "5wd", "FOLLOWING"),
    ("berlinHalfDays", "a half day counts as a whole one", "2026-12-23T09:00", "3wd", "FOLLOWING"),
    ("berlinHalfDays", "rolls back to a half day", "2026-12-18T09:00", "7cd", "PRECEDING"),
    ("berlinHalfDays", "what does not roll knows no half days", "2026-12-17T09:00", "14cd", "NONE"),
    ("newYork", "due on the half day after Thanksgiving", "2026-11-20T09:00", "7cd", "FOLLOWING"),
]
DATES = [
    ("berlin", "an internal date on a Saturday", "2026-12-26", "FOLLOWING"),
    ("berlin", "a date that is a holiday before a weekend", "2027-01-01", "FOLLOWING"),
    ("newYork", "Independence Day on a Sunday, kept on Monday", "2027-07-04", "FOLLOWING"),
    ("berlinHalfDays", "the half day itself", "2026-12-31", "FOLLOWING"),
]
LADDERS = [
    ("berlin", "standard", "2026-12-29", STANDARD),
    ("berlin", "critical", "2026-12-29", CRITICAL),
    ("berlin", "standard", "2026-12-26", STANDARD),
    ("berlin", "standard", "2026-11-02", STANDARD),
    ("berlin", "standard", "2027-04-06", STANDARD),
    ("berlinHalfDays", "standard", "2026-12-24", STANDARD),
    ("berlinHalfDays", "standard", "2027-03-30", STANDARD),
    ("newYork", "standard", "2026-12-01", STANDARD),
    ("newYork", "critical", "2027-03-15", CRITICAL),
    ("kolkata", "standard", "2027-01-27", STANDARD),
]


def made():
    dues = []
    for name, what, anchor, duration, roll in DUES:
        calendar = CALENDARS[name]
        found = due(anchor, duration, roll, calendar)
        dues.append({"calendar": name, "what": what, "anchor": text(read(anchor, calendar)), "duration": duration, "roll": roll, "due": text(found), "shown": shown(found, calendar)})
    dates = []
    for name, what, day, roll in DATES:
        found = due_at(date.fromisoformat(day), roll, CALENDARS[name])
        dates.append({"calendar": name, "what": what, "date": day, "roll": roll, "due": text(found), "shown": shown(found, CALENDARS[name])})
    ladders = [{"calendar": name, "ladder": kind, "date": day, "steps": ladder(day, CALENDARS[name], steps)} for name, kind, day, steps in LADDERS]
    calendars = {name: {"id": name, **calendar} for name, calendar in CALENDARS.items()}
    return {"calendars": calendars, "dues": dues, "dates": dates, "ladders": ladders}


if __name__ == "__main__":
    print(json.dumps(made(), indent=1, ensure_ascii=False))
