#!/usr/bin/python3
"""Holds our reader of calendars against an independent one, python's recurring-ical-events, on
rotas that are generated from a seed. Every stint must begin and end in the same minute.

usage: oracle.py READER SERIES [SEED]      READER is the program calendar_events

What the other reader does by another rule is not generated here, and tested by itself in
tests/unit/document/calendar:
  - its lengths are exact, ours keep the wall clock: ends are compared where no clock changes
    within the stint or within the first one;
  - of a time that occurs twice it takes the second: stints begin and end after 04:00;
  - it drops the last repetition when UNTIL is that instant in UTC and summer time has begun since,
    and reads UNTIL without a time as the midnight before;
  - it takes a DTSTART that the rule does not name for a repetition, and joins BYDAY=MO,-1FR by "and";
  - it counts 53 weeks in a year of 52 whose first days belong to the last year's last week, so that
    it misses the Friday of week 52 of 2026 with WKST=SU, which is 2027-01-01;
  - it knows no RANGE, CANCEL, PERIOD, EXDATE of another value type, SEQUENCE of whole series, or
    several changes on one day.
Exit status 77: its packages are not installed.
"""
import os
import random
import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

try:
    import icalendar
    import recurring_ical_events
    from dateutil.rrule import rrulestr
except ImportError:
    print("oracle.py: no recurring-ical-events: sh cli/packages.sh test")
    sys.exit(77)

LOCAL = "Europe/London"
ZONES = ["Europe/London", "Europe/Berlin", "Europe/Helsinki", "America/New_York", "America/Denver",
         "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham",
         "Asia/Kolkata", "America/Sao_Paulo", "Atlantic/Azores"]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
# What is asked for, and what of it is compared: stints at the edges may touch it or not.
FROM, UNTIL = datetime(2026, 12, 1), datetime(2028, 2, 1)
INNER = (datetime(2027, 1, 1, tzinfo=timezone.utc), datetime(2028, 1, 1, tzinfo=timezone.utc))
PER_FILE = 50

# A zone of the file's own, which is London's by rule.
OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Hospital
BEGIN:STANDARD
DTSTART:19701025T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


class Series:
    """One event with its repetitions, exceptions and versions, as lines of iCalendar."""

    def __init__(self, rng, uid):
        self.rng = rng
        self.uid = uid
        self.form = rng.choice(["zone", "zone", "zone", "own", "utc", "floating", "date"])
        self.zone = {"own": "Hospital", "zone": rng.choice(ZONES)}.get(self.form)
        self.start = datetime(2024, 1, 1) + timedelta(days=rng.randrange(1400))
        if self.form != "date":
            self.start += timedelta(hours=rng.randrange(4, 24), minutes=rng.choice([0, 0, 30, 45]))
        self.several_a_day = False
        self.rule = self.make_rule() if rng.random() < 0.85 else ""
        if self.rule:
            # A rule names its own first time.
            first = next(iter(rrulestr(self.rule, dtstart=self.start)), None)
            self.rule = self.rule if first else ""
            self.start = first or self.start
        self.finite()

    def make_rule(self):
        rng = self.rng
        frequency = rng.choice(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"])
        parts = ["FREQ=" + frequency]
        if rng.random() < 0.5:
            parts.append("INTERVAL=%d" % rng.randrange(1, 2 if frequency == "YEARLY" else 5))
        if frequency in ("DAILY", "WEEKLY"):
            if rng.random() < 0.7:
                parts.append("BYDAY=" + ",".join(rng.sample(DAYS, rng.randrange(1, 5))))
            if rng.random() < 0.15:
                parts.append("BYMONTH=" + self.some(1, 13, 6))
            if rng.random() < 0.1 and self.form != "date":
                parts.append("BYHOUR=8,20")
                self.several_a_day = True
        else:
            self.add_days_of_month(parts, frequency)
        if rng.random() < 0.3:
            parts.append("WKST=" + rng.choice(["MO", "SU", "SA"]))
        return ";".join(parts)

    def add_days_of_month(self, parts, frequency):
        rng = self.rng
        kind = rng.randrange(8)
        if kind == 0:
            parts.append("BYMONTHDAY=" + self.some(1, 32, 3))
        elif kind == 1:
            parts.append("BYMONTHDAY=" + rng.choice(["-1", "-2", "1,-1", "31", "29"]))
        elif kind == 2:
            parts.append("BYDAY=" + rng.choice(["1", "2", "-1", "-2", "4"]) + rng.choice(DAYS))
        elif kind == 3:
            parts.append("BYDAY=" + ",".join(rng.sample(DAYS, rng.randrange(1, 6))))
            parts.append("BYSETPOS=" + rng.choice(["1", "-1", "2", "1,-1", "3"]))
        elif kind == 4:
            parts.append("BYDAY=" + rng.choice(DAYS))
            parts.append("BYMONTHDAY=" + self.some(1, 29, 8))
        elif kind == 5 and frequency == "YEARLY":
            parts.append("BYYEARDAY=" + rng.choice(["1", "60", "100,200", "-1", "366"]))
            return
        elif kind == 6 and frequency == "YEARLY":
            parts.append("BYWEEKNO=%s;BYDAY=%s" % (self.some(1, 52, 3), rng.choice(DAYS)))
            return
        if frequency == "YEARLY" or rng.random() < 0.2:
            parts.append("BYMONTH=" + self.some(1, 13, 3))

    def some(self, least, end, most):
        numbers = self.rng.sample(range(least, end), self.rng.randrange(1, most + 1))
        return ",".join(str(n) for n in sorted(numbers))

    def finite(self):
        """COUNT or UNTIL, and what follows from where the series ends."""
        self.starts = [self.start]
        if not self.rule:
            return
        kind = self.rng.randrange(4)
        if kind == 0:
            self.rule += ";COUNT=%d" % self.rng.randrange(1, 40)
        elif kind == 1:
            last = self.start + timedelta(days=self.rng.randrange(800))
            if self.form == "date":
                self.rule += last.strftime(";UNTIL=%Y%m%d")
            elif self.form == "floating":
                self.rule += last.strftime(";UNTIL=%Y%m%dT%H%M%S")
            else:
                # At 01:00 UTC or so, hours from the time of any repetition.
                zone = ZoneInfo({"utc": "UTC", "own": LOCAL}.get(self.form, self.zone))
                quiet = last.replace(hour=2, minute=0, tzinfo=zone).astimezone(timezone.utc)
                self.rule += quiet.strftime(";UNTIL=%Y%m%dT%H%M%SZ")
        bare = ";".join(p for p in self.rule.split(";") if not p.startswith("UNTIL"))
        for at in rrulestr(bare, dtstart=self.start):
            if at > UNTIL or len(self.starts) > 700:
                break
            self.starts.append(at)

    def stamp(self, name, at, form=None):
        form = form or self.form
        if form == "date":
            return "%s;VALUE=DATE:%s" % (name, at.strftime("%Y%m%d"))
        text = at.strftime("%Y%m%dT%H%M%S")
        if form == "utc":
            return "%s:%sZ" % (name, text)
        return "%s:%s" % (name, text) if form == "floating" else "%s;TZID=%s:%s" % (
            name, self.zone, text)

    def length(self, start):
        rng = self.rng
        if self.form == "date":
            days = rng.randrange(1, 15)
            return rng.choice([self.stamp("DTEND", start + timedelta(days=days)),
                               "DURATION:P%dD" % days])
        end = start + timedelta(days=rng.choice([0, 0, 1, 7]), hours=rng.randrange(1, 13))
        if end.hour < 4:
            end += timedelta(hours=4)
        spell = end - start
        if rng.random() < 0.3 and spell.seconds % 60 == 0:
            return "DURATION:P%dDT%dM" % (spell.days, spell.seconds // 60)
        return self.stamp("DTEND", end)

    def event(self, lines, start):
        return "\n".join(["BEGIN:VEVENT", "UID:" + self.uid, "DTSTAMP:20261101T000000Z"] + lines +
                         [self.stamp("DTSTART", start), self.length(start), "SUMMARY:x",
                          "END:VEVENT", ""])

    def text(self):
        rng = self.rng
        lines = ["RRULE:" + self.rule] if self.rule else []
        if rng.random() < 0.4:
            gone = rng.sample(self.starts, min(len(self.starts), rng.randrange(1, 4)))
            lines.append(self.stamp("EXDATE", gone[0]))
            lines += [self.stamp("EXDATE", at) for at in gone[1:]]
        if rng.random() < 0.2:
            more = [self.start + timedelta(days=rng.randrange(1, 900)) for _ in range(3)]
            first = self.stamp("RDATE", more[0])
            tail = [self.stamp("", at).split(":")[1] for at in more[1:]]
            lines.append(",".join([first] + tail))
        out = [self.event(lines, self.start)]
        if rng.random() < 0.5 and not self.several_a_day:
            out += self.changes(lines)
        rng.shuffle(out)
        return "".join(out)

    def changes(self, lines):
        """Repetitions that were moved, some of them twice."""
        out = []
        gone = " ".join(lines)
        for at in self.rng.sample(self.starts, min(len(self.starts), self.rng.randrange(1, 4))):
            if at.strftime("%Y%m%d") in gone:
                continue
            moved = at + timedelta(days=self.rng.randrange(-3, 4))
            versions = self.rng.sample(range(1, 9), self.rng.choice([1, 1, 2]))
            for version in versions:
                to = moved + timedelta(days=version)
                out.append(self.event([self.stamp("RECURRENCE-ID", at), "SEQUENCE:%d" % version], to))
        return out


def instant(value):
    """The other reader's dates and times in UTC. Ours has Python's zones, never pytz's, here."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            value = value.replace(tzinfo=ZoneInfo(LOCAL))
        return value.astimezone(timezone.utc)
    return datetime(value.year, value.month, value.day,
                    tzinfo=ZoneInfo(LOCAL)).astimezone(timezone.utc)


def their_stints(text):
    """(UID, start, end, whether the end is comparable) of each stint."""
    calendar = icalendar.Calendar.from_ical(text)
    steady = {}
    for event in calendar.walk("VEVENT"):
        if "RECURRENCE-ID" not in event:
            start = event["DTSTART"].dt
            end = event["DTEND"].dt if "DTEND" in event else start + event["DURATION"].dt
            steady[str(event["UID"])] = is_steady(start, end)
    for event in recurring_ical_events.of(calendar).between(FROM, UNTIL):
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        yield (str(event["UID"]), instant(start), instant(end),
               steady[str(event["UID"])] and is_steady(start, end))


def is_steady(start, end):
    """Whether the clocks do not change in between. Dates are nominal with both readers."""
    if not isinstance(start, datetime):
        return True
    zone = start.tzinfo
    if zone is None:
        ahead = [at.replace(tzinfo=ZoneInfo(LOCAL)).utcoffset() for at in (start, end)]
    elif hasattr(zone, "normalize"):
        ahead = [zone.normalize(at).utcoffset() for at in (start, end)]
    else:
        ahead = [at.utcoffset() for at in (start, end)]
    return ahead[0] == ahead[1]


def our_stints(reader, path):
    environment = dict(os.environ, TZ=LOCAL)
    run = subprocess.run([reader, path, FROM.strftime("%Y-%m-%dT%H:%M:%SZ"),
                          UNTIL.strftime("%Y-%m-%dT%H:%M:%SZ")],
                         capture_output=True, text=True, env=environment, check=False)
    if run.returncode != 0:
        raise SystemExit("refused:\n" + run.stderr)
    for line in run.stdout.splitlines():
        start, end, uid = line.split()[:3]
        yield uid, datetime.fromisoformat(start[:-1] + "+00:00"), datetime.fromisoformat(
            end[:-1] + "+00:00")


def differences(theirs, ours):
    theirs = sorted(t for t in theirs if INNER[0] <= t[1] < INNER[1])
    ours = sorted(o for o in ours if INNER[0] <= o[1] < INNER[1])
    begun, ended = {o[:2] for o in ours}, set(ours)
    out = ["%s %s is not read" % t[:2] for t in theirs if t[:2] not in begun]
    out += ["%s %s does not end at %s" % t[:3] for t in theirs if t[3] and t[:3] not in ended]
    out += ["%s %s is read and should not be" % o for o in sorted(begun - {t[:2] for t in theirs})]
    return out


def main():
    reader, count = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    stints = compared = 0
    for number in range(0, count, PER_FILE):
        rng = random.Random("%d/%d" % (seed, number))
        series = [Series(rng, "u%d" % i) for i in range(number, min(number + PER_FILE, count))]
        text = ("BEGIN:VCALENDAR\nVERSION:2.0\n" + OWN_ZONE +
                "".join(one.text() for one in series) + "END:VCALENDAR\n").replace("\n", "\r\n")
        with tempfile.NamedTemporaryFile("w", suffix=".ics", newline="", delete=False) as file:
            file.write(text)
        theirs = list(their_stints(text))
        found = differences(theirs, our_stints(reader, file.name))
        if found:
            print("seed %d, series from %d, in %s:" % (seed, number, file.name))
            print("\n".join(found[:20]))
            return 1
        os.unlink(file.name)
        stints += len(theirs)
        compared += sum(1 for t in theirs if t[3])
    print("%d series: %d stints begin in the same minute, and %d that are comparable end in it" %
          (count, stints, compared))
    return 0


if __name__ == "__main__":
    sys.exit(main())
