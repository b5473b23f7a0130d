"""Figure: how long first jobs last."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.report.at_risk import at_risk
from evaltools.report.curves import curve, scale
from evaltools.report.figure import Figure, not_shown
from evaltools.report.html import Html
from evaltools.report.lines import lines
from evaltools.report.milestones import estimated, milestone_table, milestone_words, milestones
from evaltools.report.picture import picture
from evaltools.report.rows import decimals, rows
from evaltools.report.time_to_job import people_followed
from evaltools.report.words import percent

__all__ = ["time_in_job"]

_LABEL = "Still in the first job"
_METHOD = (
    "Kaplan-Meier estimate: jobs still held are followed to the last day on which they are known to be held. "
    "A job that ends on day 91 has lasted 13 weeks, so each share is read just before its day."
)


def time_in_job(release: Release) -> Html | None:
    """Draw the Kaplan-Meier estimate of still being in the first job, for the programme; None for studies of totals."""
    if release.meta.kind != "records":
        return None
    held = curve(release, "job_held", "programme", "all")
    if held is None:
        return not_shown("Time in the first job", "the release holds no curve for the whole programme")
    found = rows(release, outcome="job_held", statistic="survival", group_by="programme")
    row = next(iter(found), None)
    places = decimals(release, row) if row else 0
    unit = scale(release, "job_held", "programme", held.end)
    marks = {_LABEL: estimated(milestones(held, unit), found, unit)}
    people = people_followed({**row, "denominator_name": row["denominator_name"] or "job starters"} if row else None)
    people = "job starters" if people == "people engaged" else people
    near = min(marks[_LABEL], key=lambda mark: abs(mark.day - 91))
    lines_note = "" if held.steps else " Straight lines join the points that are released."
    return Figure(
        "time-in-job",
        f"{percent(near.value, places)} of people were still in their first job after {unit.words(near.day)}",
        f"Share of {people} still in their first job, by {unit.name}s since it began",
        f"Line chart of {people} by time since the first job began. {milestone_words(marks, unit, places)}",
        picture(
            "time-in-job",
            lambda canvas, narrow: lines(
                canvas, narrow, {_LABEL: held}, unit, f"{unit.name.capitalize()}s since the job began"
            ),
            (3.8, 3.4),
            release.meta.synthetic,
        ),
        milestone_table("data-time-in-job", f"Share of {people}, by time since the first job began", marks, unit, places),
        below=at_risk(release, "job_held", "programme", "People still in their first job and still followed", unit),
        note=_METHOD
        + (" The shaded band is a 95% confidence interval." if held.points["lower"].notna().any() else "")
        + lines_note,
    ).block()
