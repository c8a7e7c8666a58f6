"""Writes workdays-2020-2026.txt from the Python package chinesecalendar (MIT licence).

Run: pip install chinesecalendar==1.11.0 && python make-workdays.py
"""
import datetime
import importlib.metadata
import pathlib

import chinese_calendar

version = importlib.metadata.version("chinesecalendar")
lines = [
    f"# chinesecalendar {version} (https://github.com/LKI/chinese-calendar), MIT licence, copyright its authors.",
    "# A line a year: the year, then one digit a day from 1 January on, 1 = worked, 0 = free. Made by make-workdays.py.",
]
for year in range(2020, 2027):
    day, digits = datetime.date(year, 1, 1), ""
    while day.year == year:
        digits += "1" if chinese_calendar.is_workday(day) else "0"
        day += datetime.timedelta(days=1)
    lines.append(f"{year} {digits}")
pathlib.Path(__file__).with_name("workdays-2020-2026.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
