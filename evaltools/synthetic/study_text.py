"""The settings file of the shipped study `demo`."""

from __future__ import annotations

from evaltools.synthetic.site_plan import DATA_CUT, SITES

__all__ = ["study_text"]

_HEAD = """\
# A made-up programme: six sites, nobody is real. Every file here was made by evaltools.synthetic from one seed.

[study]
id = "demo"
title = "Six IPS sites, 2016 to 2019 (synthetic demonstration)"
subtitle = "Made-up people, made-up places: what an evaluation looks like, from messy files to the report"
kind = "records"
synthetic = true
data_cut = {cut}
programme = "All sites"
definitions = ["bit_cbo", "lcf_mhep", "ipsgrow_2024", "nhse_mhsds", "ipspc", "fair_start"]
# Public on purpose: there is nobody to protect. A study of real people names no key here.
public_key = "demo: this key is public because these people are made up"
sources = ["Synthetic: made by evaltools with seed {seed}. No real person, provider or place."]
notes = [
    "Raw files are deliberately messy; truth.json says how, and what a correct reader finds.",
    "Sites opened and closed at different times: raw site rates cannot be compared without regard to follow-up.",
]
"""
_TAIL = """
[analysis]
horizon_days = [91, 183, 274, 365, 548]
level = 0.95

[contacts]
# these sites write down a last contact only when it is lost
open_means_seen = ["northmere", "eastvale", "wexcombe", "saltbrook", "harrowdene", "millhaven"]

[release]
profile = "uk-public"

[report]
notebooks = ["overview", "data_quality", "definitions"]
"""


def study_text(seed: int) -> str:
    """Write `study.toml`.

    Parameters
    ----------
    seed
        The seed, which the sources name.

    Returns
    -------
    str
        TOML.
    """
    sites = "".join(
        f'\n[[sites]]\nid = "{plan.id}"\nname = "{plan.name}"\nprovider = "{plan.provider}"\n'
        f'commissioner = "{plan.commissioner}"\nopens = {plan.opens}\ncloses = {plan.closes}\n'
        for plan in SITES
    )
    return _HEAD.format(cut=DATA_CUT, seed=seed) + sites + _TAIL
