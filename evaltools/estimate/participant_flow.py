"""Participant flow: how many people stand at each step from referral to a known outcome, and why the others left it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from evaltools.domain.definition import Definition, Denominator
from evaltools.domain.results import COUNTS, tidy
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.people_groups import people_groups

__all__ = ["FlowStep", "assert_flow", "flow_steps", "participant_flow"]


class FlowStep(NamedTuple):
    """One step of the flow: everybody at `whole` is at one of the `parts`, and nobody at two. Names of columns."""

    whole: str
    parts: tuple[str, ...]


_STEPS = (
    FlowStep("enrolments", ("referred", "less_again")),
    FlowStep("referred", ("accepted", "less_not_accepted", "less_waiting")),
    FlowStep("accepted", ("engaged", "less_engagement_unknown", "less_left_before", "less_not_engaged_yet")),
    FlowStep("engaged", ("engaged_in_scope", "less_in_work", "less_work_status_unknown", "less_not_closed")),
    FlowStep("in_scope", ("engaged_in_scope", "less_never_engaged_in_scope")),
    FlowStep(
        "in_scope",
        (
            *("started", "start_unknown", "less_never_engaged"),
            *("less_left_without_job", "less_died", "less_no_job_yet", "less_dates_wrong"),
        ),
    ),
)


def flow_steps(weeks: tuple[int, ...]) -> tuple[FlowStep, ...]:
    """Give every step of the flow, with the milestones after so many weeks.

    >>> flow_steps((13,))[-1]
    FlowStep(whole='kept_13', parts=('evidenced_13', 'less_no_evidence_13'))
    """
    later = [
        step
        for k in weeks
        for step in (
            FlowStep("started", (f"followed_{k}", f"less_too_recent_{k}")),
            FlowStep(f"followed_{k}", (f"kept_{k}", f"ended_{k}", f"lost_contact_{k}", f"less_open_{k}")),
            FlowStep(f"kept_{k}", (f"evidenced_{k}", f"less_no_evidence_{k}")),
        )
    ]
    return (*_STEPS, *later)


def participant_flow(
    people: pd.DataFrame,
    milestones: pd.DataFrame,
    enrolments: pd.DataFrame,
    definitions: Sequence[Definition],
    already: frozenset[str] = frozenset(),
) -> pd.DataFrame:
    """Count people at each step and each reason for leaving, for the programme and each site.

    Parameters
    ----------
    people, milestones : pandas.DataFrame
        The tables `outcomes` (definition, participant_id, site_id, engaged_date, out_of_work, in_scope, started, cause) and
        `milestones` (definition, participant_id, site_id, weeks, followed, state, evidence).
    enrolments : pandas.DataFrame
        The canonical table: participant_id, discharge_date and, where the study has it, acceptance.
    definitions : sequence of Definition
        The profiles in `people`.
    already : frozenset of str
        Steps that another table gives, to be left out of what is returned.

    Returns
    -------
    pandas.DataFrame
        Rows of `counts`, table 'flow': row 'all' or a site's id, column '<definition>.<step>'. Every step is the sum of its
        parts (`flow_steps`), or EstimateError. Steps with 'less_' are the people who went no further.

        A person whose acceptance is not said counts as accepted: a referral date is the day of acceptance by its definition.
        So does whoever was engaged. Where those who never engaged are in the denominator, a job of theirs is a start;
        'less_never_engaged' had none. 'less_engagement_unknown': the date that would say so was set aside. 'start_unknown'
        are people with a job that may or may not count, or that nobody can date; 'evidenced' people whose work is known from
        more than a lack of news (missing where a study keeps no evidence).
    """
    if people.empty:
        return tidy([], COUNTS)
    entered = _marked(people, enrolments)
    rules = {each.id: each.job_start_denominator for each in definitions}
    weeks = tuple(sorted(int(each) for each in milestones["weeks"].unique()))
    judged = dict(_milestone_groups(milestones))
    rows = []
    for keys, held in people_groups(entered):
        steps = _counts(held, rules[keys["definition"]]) | judged.get((keys["definition"], keys["group"]), {})
        rows += [
            {"table_id": "flow", "row": keys["group"], "column": f"{keys['definition']}.{step}", "n": n}
            for step, n in steps.items()
        ]
        assert_flow(steps, tuple(k for k in weeks if f"kept_{k}" in steps))
    counts = tidy(rows, COUNTS)
    return counts[~counts["column"].str.rpartition(".")[2].isin(already)].reset_index(drop=True)


def assert_flow(steps: Mapping[str, float], weeks: tuple[int, ...]) -> None:
    """Refuse a flow in which people are lost or counted twice: EstimateError naming the step.

    >>> assert_flow({"enrolments": 3, "referred": 2, "less_again": 1}, ())
    """
    for whole, parts in flow_steps(weeks):
        held = [steps[part] for part in parts if part in steps]
        if whole in steps and held and steps[whole] != sum(held):
            what = f"the participant flow does not add up at '{whole}'"
            detail = f"{steps[whole]:g} people, and {sum(held):g} at {', '.join(parts)}"
            fix = "this is a fault of evaltools: please report it with the definition's name"
            raise EstimateError(Problem("E196", what, detail=detail, fix=fix))


def _marked(people: pd.DataFrame, enrolments: pd.DataFrame) -> pd.DataFrame:
    """Add to people how many enrolments each has, whether any is open, and what was decided on the referrals."""
    by_person = enrolments.groupby("participant_id")
    size = by_person.size()
    left = by_person["discharge_date"].count() == size
    marked = people.assign(
        enrolments=people["participant_id"].map(size).fillna(1).astype(int),
        left=people["participant_id"].map(left).fillna(False).astype(bool),
        decision="accepted",
    )
    if "acceptance" in enrolments:
        # one acceptance is enough; not accepted only where every referral was declined
        said = enrolments["acceptance"].fillna("unknown").map({"waiting": 1, "not_accepted": 0}).fillna(2)
        best = said.groupby(enrolments["participant_id"]).max()
        decided = marked["participant_id"].map(best).map({0: "not_accepted", 1: "waiting"})
        marked["decision"] = decided.where(marked["engaged_date"].isna()).fillna("accepted")
    return marked


def _counts(people: pd.DataFrame, rule: Denominator) -> dict[str, int]:
    engaged = people["engaged_date"].notna()
    sure = people["engaged"].ne("unknown") if "engaged" in people else pd.Series(True, index=people.index)
    accepted = people["decision"] == "accepted"
    scope = people["in_scope"].astype(bool)
    out = people["out_of_work"].fillna("unknown")
    started = people["started"].fillna("no").where(scope)
    none = engaged & (started == "no")
    cause = people["cause"].astype("Float64").where(none)
    outside = engaged & ~scope
    flags = {
        "accepted": accepted,
        "less_not_accepted": people["decision"] == "not_accepted",
        "less_waiting": people["decision"] == "waiting",
        "engaged": engaged,
        "less_left_before": accepted & ~engaged & sure & people["left"],
        "less_engagement_unknown": accepted & ~engaged & ~sure,
        "less_not_engaged_yet": accepted & ~engaged & sure & ~people["left"],
        "in_scope": scope,
        "engaged_in_scope": engaged & scope,
        "less_never_engaged_in_scope": scope & ~engaged,
        "less_never_engaged": scope & ~engaged & (started == "no"),
        "less_in_work": outside & (rule == "engaged_out_of_work") & (out == "no"),
        "less_work_status_unknown": outside & (rule == "engaged_out_of_work") & (out != "no"),
        "less_not_closed": outside & (rule == "closed"),
        "started": started == "yes",
        "start_unknown": started == "unknown",
        "less_left_without_job": cause == 2,
        "less_died": cause == 3,
        "less_no_job_yet": cause.isin([0, 1]),
        "less_dates_wrong": none & cause.isna(),
    }
    whole = {"enrolments": int(people["enrolments"].sum()), "referred": len(people)}
    whole["less_again"] = whole["enrolments"] - whole["referred"]
    return whole | {step: int(flag.fillna(False).sum()) for step, flag in flags.items()}


def _milestone_groups(milestones: pd.DataFrame) -> Iterator[tuple[tuple[str, str], dict[str, int]]]:
    for keys, held in people_groups(milestones):
        steps: dict[str, int] = {}
        for weeks, judged in held.groupby("weeks"):
            followed = judged[judged["followed"].astype(bool)]
            state = followed["state"]
            steps |= {
                f"followed_{weeks}": len(followed),
                f"less_too_recent_{weeks}": len(judged) - len(followed),
                f"kept_{weeks}": int((state == "yes").sum()),
                f"ended_{weeks}": int((state == "no").sum()),
                f"lost_contact_{weeks}": int((state == "unknown").sum()),
                f"less_open_{weeks}": int((state == "not yet").sum()),
            }
            proof = followed.loc[state == "yes", "evidence"] if "evidence" in followed else pd.Series(dtype="string")
            if proof.notna().any():
                steps[f"evidenced_{weeks}"] = int((proof.notna() & (proof != "none")).sum())
                steps[f"less_no_evidence_{weeks}"] = len(proof) - steps[f"evidenced_{weeks}"]
        yield (keys["definition"], keys["group"]), steps
