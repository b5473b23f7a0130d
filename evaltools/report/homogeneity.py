"""Whether there is clear evidence that groups differ: one sentence, by one rule, everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from evaltools.domain.release import Release
from evaltools.report.rows import Row, rows
from evaltools.report.words import chi_squared

__all__ = ["Homogeneity", "follow_up", "homogeneity"]


@dataclass(frozen=True)
class Homogeneity:
    """A chi-squared test of no difference between groups."""

    chi2: float
    df: float
    p: float

    @property
    def verdict(self) -> str:
        """What the test says of sites, by the rule p = 0.05."""
        return self.verdict_for("sites")

    def verdict_for(self, groups: str) -> str:
        """Say what the test says of groups, by the rule p = 0.05.

        >>> Homogeneity(3.6, 3, 0.308).verdict_for("sites")
        'there is no clear evidence that sites differ'
        """
        if self.p >= 0.05:
            return f"there is no clear evidence that {groups} differ"
        return f"{groups} differ by more than chance alone would produce"

    @property
    def words(self) -> str:
        """The test in words."""
        return chi_squared(self.chi2, self.df, self.p)


def homogeneity(release: Release, like: Row, **where: object) -> Homogeneity | None:
    """Return the test of the groups that an estimate belongs to, or None when the release holds none.

    like: any proportion of the comparison. where: narrows the test further, for example to a population.
    """
    found: dict[str, float] = {}
    for row in rows(release, outcome=like["outcome"], group_by=like["group_by"], term="homogeneity", **where):
        same = all(row[key] in (None, like[key]) for key in ("horizon", "denominator_name"))
        if same and row["value"] is not None:
            found.setdefault(str(row["statistic"]), float(row["value"]))
    return Homogeneity(found["chi2"], found["df"], found["p"]) if {"chi2", "df", "p"} <= set(found) else None


def follow_up(release: Release, like: Row) -> str:
    """Say that sites were not followed for equally long, where the shares compared do not allow for it."""
    even = like["outcome"] == "hours_16" or "followed for" in str(like["denominator_name"])
    if release.meta.kind != "records" or like["group_by"] != "site" or even:
        return ""
    return " Sites were followed for different lengths of time, which these shares do not allow for."
