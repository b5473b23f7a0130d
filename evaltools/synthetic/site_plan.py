"""The six made-up sites: who delivers, who pays, when referrals are taken, and the true effect of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["DATA_CUT", "SITES", "SitePlan"]

DATA_CUT = date(2019, 9, 30)
_CLIENT_IDS = {
    "northmere": "{:05d}",
    "eastvale": "{:05d}",
    "wexcombe": "OH {:03d}",
    "saltbrook": "7{:04d}",
    "harrowdene": "{:07d}",
    "millhaven": "MH/18-{:04d}",
}


@dataclass(frozen=True)
class SitePlan:
    """One made-up site.

    referred: people. start_effect: added to the log odds of starting a job. tenure_effect: log of the factor by which jobs
    last longer. specialists: posts. milestones: which dates the provider records ('profile' or one 'engaged' date).
    """

    id: str
    name: str
    provider: str
    commissioner: str
    opens: date
    closes: date
    referred: int
    specialists: int
    start_effect: float
    tenure_effect: float
    milestones: str

    @property
    def last_day(self) -> date:
        """The last day that can be seen: the site's closing or the data cut."""
        return min(self.closes, DATA_CUT)

    def client_id(self, number: int) -> str:
        """Give the provider's own identifier of its n-th client (from 1). Two sites of one provider share a series."""
        return _CLIENT_IDS[self.id].format(number + 5000 if self.id == "eastvale" else number)


SITES = (
    SitePlan(
        "northmere", "Northmere", "Larkfield Works", "Northmere Council",
        date(2016, 4, 1), date(2020, 3, 31), 640, 7, 0.15, 0.10, "profile",
    ),
    SitePlan(
        "eastvale", "Eastvale", "Larkfield Works", "Eastvale County Council",
        date(2016, 4, 1), date(2018, 10, 31), 395, 4, -0.10, 0.00, "engaged",
    ),
    SitePlan(
        "wexcombe", "Wexcombe", "Openhand Trust", "Wexcombe Council",
        date(2017, 10, 1), date(2018, 3, 31), 84, 2, -0.20, 0.05, "engaged",
    ),
    SitePlan(
        "saltbrook", "Saltbrook", "Tidewell Employment", "Saltbrook Council",
        date(2016, 9, 1), date(2019, 3, 31), 475, 5, 0.00, -0.15, "profile",
    ),
    SitePlan(
        "harrowdene", "Harrowdene", "Fernley House", "Harrowdene Council",
        date(2017, 10, 1), date(2020, 3, 31), 405, 4, 0.20, 0.15, "profile",
    ),
    SitePlan(
        "millhaven", "Millhaven", "Greenlane Partners", "Millhaven City Council",
        date(2018, 4, 1), date(2022, 3, 31), 300, 3, -0.05, -0.05, "profile",
    ),
)  # fmt: skip
