"""Link the same person at two sites by weighing what nearly agrees (Fellegi and Sunter 1969, with splink on DuckDB)."""

from __future__ import annotations

import importlib.util
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from evaltools.clean.link_fields import PLAIN_FIELDS
from evaltools.domain.links import LINKS, no_links
from evaltools.errors import Problem, StudyError

if TYPE_CHECKING:
    from splink import Linker

__all__ = ["link_probably", "need_splink"]

_SEED = 20260101
_FEWEST = 50  # people with a birth date below whom nothing can be learnt: nobody is paired
_MOST_TRAINING_PAIRS = 1e6
_SAMPLED_ABOVE = 100_000  # people beyond whom the weights are learnt from a sample


def need_splink() -> None:
    """Raise StudyError (S120) with the remedy where splink or DuckDB is missing."""
    if any(importlib.util.find_spec(name) is None for name in ("splink", "duckdb")):
        what = "the study links people with splink, which is not installed"
        fix = "pip install 'evaltools[link]', or set method = \"exact\" in [linkage]"
        raise StudyError(Problem("S120", what, "study.toml, [linkage] method", fix=fix))


def link_probably(
    people: pd.DataFrame, link_above: float = 0.99, review_above: float = 0.5, seed: int = _SEED
) -> pd.DataFrame:
    """Pair people by probability.

    Parameters
    ----------
    people
        participant_id, site_id and the columns of `link_fields.PLAIN_FIELDS`. Of several rows a person, the first entry
        of each column counts. Names stay in this process: DuckDB runs in memory.
    link_above, review_above
        Match probabilities: linked from the first on, for review between the two, dropped below the second.
    seed
        Of the random pairs from which chance agreement is learnt.

    Returns
    -------
    pandas.DataFrame
        Columns of `link_people.LINKS`, rule 'probabilistic', weight log2 of the odds. Pairs of one site and pairs with two
        different NHS numbers are never linked but put to review; so is each but the likeliest of several pairs that would
        join a person to two people of one other site. With fewer than 50 birth dates nothing can be learnt: no pairs.

    Raises
    ------
    StudyError
        S120, where splink is not installed.
    """
    need_splink()
    held = people.groupby("participant_id", sort=True)[["site_id", *PLAIN_FIELDS]].first().reset_index()
    held = held.rename(columns={"participant_id": "unique_id"})
    if held["birth_date"].notna().sum() < _FEWEST:
        return no_links()
    with _quiet():
        pairs = _predicted(held, review_above, seed)
    return _judged(pairs, held.set_index("unique_id"), link_above)


def _predicted(held: pd.DataFrame, review_above: float, seed: int) -> pd.DataFrame:
    import duckdb
    from splink import DuckDBAPI, Linker

    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False, "threads": 2})
    try:
        connection.execute("SET enable_progress_bar = false")
        table = pa.Table.from_pandas(held.astype({name: "string" for name in held.columns}), preserve_index=False)
        linker = Linker(DuckDBAPI(connection).register(table), _settings(held), log_level=None)
        _train(linker, len(held), seed)
        predicted = linker.inference.predict(threshold_match_probability=review_above)
        columns = "unique_id_l, unique_id_r, match_weight, match_probability"
        return connection.execute(f"SELECT {columns} FROM {predicted.physical_name}").df()
    finally:
        connection.close()


def _settings(held: pd.DataFrame) -> Any:
    import splink.comparison_library as compare
    from splink import SettingsCreator, block_on

    comparisons: list[Any] = [
        compare.NameComparison("given_name").configure(term_frequency_adjustments=True),
        compare.NameComparison("family_name").configure(term_frequency_adjustments=True),
        compare.DateOfBirthComparison("birth_date", input_is_string=True),
    ]
    if held["postcode"].notna().sum() > 1:
        comparisons.append(compare.LevenshteinAtThresholds("postcode", [1]))
    if held["nhs_number"].notna().sum() > 1:
        comparisons.append(compare.LevenshteinAtThresholds("nhs_number", [2]))
    blocks: list[Any] = [
        block_on("birth_date", "substr(family_name, 1, 1)"),
        block_on("birth_date", "substr(given_name, 1, 1)"),
        block_on("given_name", "family_name"),
        block_on("nhs_number"),
        block_on("postcode", "substr(birth_date, 1, 4)"),
    ]
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
        probability_two_random_records_match=_chance(held),
    )


def _chance(held: pd.DataFrame) -> float:
    """Give the share of all pairs that are one person: those who agree in names and birth date, taken as 80% of them.

    One pair more than are seen is counted, so that the share is never nought.
    """
    sizes = held.groupby(["given_name", "family_name", "birth_date"]).size().to_numpy(dtype=float)
    seen, every = (sizes * (sizes - 1) / 2).sum() + 1, len(held) * (len(held) - 1) / 2
    return float(min(seen / 0.8 / every, 0.5))


def _train(linker: Linker, people: int, seed: int) -> None:
    from splink import block_on
    from splink.internals.exceptions import EMTrainingException

    linker.training.estimate_u_using_random_sampling(max_pairs=_MOST_TRAINING_PAIRS, seed=seed)
    sample = _MOST_TRAINING_PAIRS if people > _SAMPLED_ABOVE else None
    for block in (block_on("birth_date"), block_on("given_name", "family_name")):
        with suppress(ValueError, EMTrainingException):  # too few pairs to learn from: splink's own weights stand
            linker.training.estimate_parameters_using_expectation_maximisation(block, max_pairs=sample)


def _judged(pairs: pd.DataFrame, people: pd.DataFrame, link_above: float) -> pd.DataFrame:
    ends = np.sort(pairs[["unique_id_l", "unique_id_r"]].to_numpy(dtype=object).astype(str), axis=1).reshape(-1, 2)
    links = pd.DataFrame({"left": ends[:, 0], "right": ends[:, 1]})
    links["weight"], links["odds"] = pairs["match_weight"].to_numpy(), pairs["match_probability"].to_numpy()
    links = links.sort_values(["odds", "weight", "left", "right"], ascending=[False, False, True, True], ignore_index=True)
    for end in ("left", "right"):
        links[f"{end}_site"] = links[end].map(people["site_id"])
    left, right = links["left"].map(people["nhs_number"]), links["right"].map(people["nhs_number"])
    differ = left.notna() & right.notna() & (left != right).fillna(False)
    sure = (links["odds"] >= link_above) & (links["left_site"] != links["right_site"]) & ~differ
    best = links[sure]
    again = best.duplicated(["left", "right_site"]) | best.duplicated(["right", "left_site"])
    sure[again.index[again]] = False
    links["pair_id"], links["rule"] = links["left"] + "-" + links["right"], "probabilistic"
    links["status"] = np.where(sure, "linked", "review")
    return links.sort_values("pair_id", ignore_index=True)[list(LINKS)].astype(LINKS)


@contextmanager
def _quiet() -> Iterator[None]:
    """Let splink and DuckDB say nothing: their words may hold entries."""
    logger = logging.getLogger("splink")
    before = logger.level, logger.propagate
    logger.setLevel(logging.CRITICAL + 1)
    logger.propagate = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before[0])
        logger.propagate = before[1]
