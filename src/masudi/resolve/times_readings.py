"""The readings by the names that `en/times_patterns.tsv` gives them."""

from __future__ import annotations

from collections.abc import Mapping

from . import times_days as days
from . import times_lengths as lengths
from . import times_periods as periods
from .times_context import Rule

READINGS: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        days.calendar, days.slashed, days.week_of, days.month, days.month_of_year, days.relative_month,
        days.year, days.year_noun, days.next_day_of_month, days.year_part, days.years, days.decade,
        days.century, days.era, days.season, days.named_day, days.named_week,
        days.weekday, days.weekday_of_week, days.weekdays, days.narrated_weekday, days.deictic,
        days.tonight, days.beyond_deictic, days.this_daypart, days.narrated_daypart, days.relative_unit,
        days.days_range, days.with_year_after, days.season_of_year, days.narrated_month, days.day_alone, days.day_of_year, days.daypart_before, days.season_narrated, periods.from_now, days.that_month, days.other_month, days.narrated_unit, days.next_to, days.that_time,
        periods.fiscal_year, periods.quarter, periods.half, periods.half_told, periods.quarter_ended, periods.that_quarter, periods.latest_unit, periods.same_period,
        periods.unit_part, periods.year_short, periods.ago_day, periods.day_of_weekday, periods.ago, periods.ago_and_half, periods.weekdays_ago, periods.offset,
        lengths.past_span, lengths.the_last, lengths.recent_span, lengths.duration, lengths.half_duration,
        lengths.vague_duration, lengths.long_duration, lengths.rate, lengths.every, lengths.set,
        lengths.reference, lengths.clock, lengths.oclock, lengths.clockword,
    )
}  # fmt: skip
