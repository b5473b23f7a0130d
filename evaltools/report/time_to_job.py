"""Figure: how many people have started a first job, and how many have left without one, by time since engagement."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.domain.reliance import doubt
from evaltools.report.at_risk import at_risk
from evaltools.report.curves import Curve, curve, scale
from evaltools.report.figure import Figure, not_shown
from evaltools.report.html import Html
from evaltools.report.lines import lines
from evaltools.report.milestones import Milestone, milestone_table, milestone_words, milestones
from evaltools.report.picture import picture
from evaltools.report.rows import Row, decimals, one
from evaltools.report.timescale import Timescale
from evaltools.report.words import count, percent

__all__ = ["people_followed", "time_to_job"]

_LABELS = {"job": "Started a first job", "left": "Left without a job"}


def time_to_job(release: Release) -> Html | None:
    """Draw the cumulative incidence of a first job (Aalen-Johansen) and of leaving without one, for the programme.

    None for studies of totals, which follow nobody through time.
    """
    if release.meta.kind != "records":
        return None
    found = {_LABELS[cause]: curve(release, "job_start", "programme", "all", cause) for cause in _LABELS}
    curves = {label: drawn for label, drawn in found.items() if drawn is not None}
    job = curves.get(_LABELS["job"])
    if job is None:
        return not_shown("Time to a first job", "the release holds no curve for the whole programme")
    row = one(release, outcome="job_start", statistic="cumulative_incidence", group_by="programme", term="job")
    places = decimals(release, row) if row else 0
    unit = scale(release, "job_start", "programme", max(drawn.end for drawn in curves.values()))
    marks = {label: milestones(drawn, unit) for label, drawn in curves.items()}
    people = people_followed(row)
    along = f"{unit.name.capitalize()}s since engagement"
    below = "People still followed who have neither started a job nor left"
    return Figure(
        "time-to-job",
        _headline(release, marks[_LABELS["job"]], unit, places),
        f"Share of {people} who had started a first job, or left without one, by {unit.name}s since engagement",
        f"Line chart of {people} by time since engagement. {milestone_words(marks, unit, places)}",
        picture(
            "time-to-job",
            lambda canvas, narrow: lines(canvas, narrow, curves, unit, along),
            (4.1, 3.6),
            release.meta.synthetic,
        ),
        milestone_table("data-time-to-job", f"Share of {people}, by time since engagement", marks, unit, places),
        below=at_risk(release, "job_start", "programme", below, unit),
        note=_note(job),
    ).block()


def people_followed(row: Row | None) -> str:
    """Say how many people a curve follows, and who they are."""
    if row is None:
        return "people engaged"
    size = row["denominator"] if row["denominator"] is not None else row["n"]
    name = str(row["denominator_name"] or "people engaged")
    return name if size is None else f"{count(size)} {name}"


def _headline(release: Release, marks: list[Milestone], unit: Timescale, places: int) -> str:
    median = one(release, outcome="job_start", statistic="median", group_by="programme")
    if median and median["value"] is not None and not doubt(median["note"]):
        return f"Half of the people engaged had started a first job within {count(median['value'])} days"
    last = marks[-1]
    share = percent(last.value, places)
    return f"{share} of the people engaged had started a first job within {unit.words(last.day)}"


def _note(job: Curve) -> str:
    method = "Aalen-Johansen estimates: leaving without a job counts as an outcome of its own, not as a longer wait."
    band = " Shaded bands are 95% confidence intervals." if job.points["lower"].notna().any() else ""
    lines = "" if job.steps else " Straight lines join the points that are released; what happened between them is not."
    return f"{method}{band}{lines}"
