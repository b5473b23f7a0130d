"""The shipped study `demo`: every file of its folder, as bytes."""

from __future__ import annotations

import json

from evaltools.synthetic.delivery import Delivery
from evaltools.synthetic.journal import Journal, readable
from evaltools.synthetic.programme import Programme, programme
from evaltools.synthetic.site_eastvale import eastvale
from evaltools.synthetic.site_harrowdene import harrowdene
from evaltools.synthetic.site_millhaven import millhaven
from evaltools.synthetic.site_northmere import northmere
from evaltools.synthetic.site_plan import DATA_CUT
from evaltools.synthetic.site_saltbrook import saltbrook
from evaltools.synthetic.site_wexcombe import wexcombe
from evaltools.synthetic.study_text import study_text
from evaltools.synthetic.true_counts import true_counts

__all__ = ["DEMO_SEED", "WRITERS", "demo_study"]

DEMO_SEED = 2019
WRITERS = (northmere, eastvale, wexcombe, saltbrook, harrowdene, millhaven)
_RULES = {
    "engaged": "the earliest date that the definition profile names",
    "started": "the first competitive job that starts on the day of engagement or later; earlier ones are not counted",
    "started_unknown": "where a definition asks for paid hours, a job without weekly hours is passed over",
    "kept_k": "last day of the job minus first is at least 7k days; an open job is known until last contact, else data cut",
    "in_window_k": "7k days have passed between job start and the data cut, or the closing of the site",
    "blank": "a line without content, wherever it stands; title: a line with content above the header",
    "merged": "an exact copy of a record read before, in the order of file names",
    "quarantined": "no identifier, no readable required date, or both of two records of one person and referral that differ",
    "unreadable value": "impossible or ambiguous dates, error cells and stray codes become unknown; the record is kept",
}


def demo_study(seed: int = DEMO_SEED) -> dict[str, bytes]:
    """Make the study folder.

    Parameters
    ----------
    seed
        Any whole number; the same seed gives the same bytes.

    Returns
    -------
    dict
        Content by path inside the study folder: `study.toml`, `sites/<site>.yaml`, `raw/<file>`, `truth.json`.
    """
    truth, journal = programme(seed), Journal()
    deliveries = [write(truth, journal) for write in WRITERS]
    study = {"study.toml": study_text(seed).encode()}
    for delivery in deliveries:
        study[f"sites/{delivery.plan.id}.yaml"] = delivery.layout.encode()
        study |= {f"raw/{name}": content for name, content in delivery.files.items()}
    study["truth.json"] = _truth(truth, journal, deliveries).encode()
    return study


def _truth(truth: Programme, journal: Journal, deliveries: list[Delivery]) -> str:
    for delivery in deliveries:
        for name in delivery.files:
            ending = name.rsplit(".", 1)[-1].upper()
            journal.note(f"format {ending}", name)
    seen = readable(truth, journal)
    told = {
        "synthetic": True,
        "seed": truth.seed,
        "data_cut": DATA_CUT.isoformat(),
        "parameters": truth.parameters,
        "rules": _RULES,
        "true": true_counts(truth.participants, truth.enrolments, truth.jobs),
        "readable": true_counts(seen["participants"], seen["enrolments"], seen["jobs"]),
        "rows": {
            "true": {name: len(getattr(truth, name)) for name in ("participants", "enrolments", "jobs")},
            "readable": {name: len(table) for name, table in seen.items()},
        },
        "nastiness": journal.nastiness(),
        "accounting": [account for delivery in deliveries for account in delivery.accounting()],
    }
    return json.dumps(told, indent=1, ensure_ascii=False, default=float) + "\n"
