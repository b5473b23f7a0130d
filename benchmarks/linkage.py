"""Link people at several sites: exact keys, rules with typing errors in DuckDB, and splink; precision and recall by truth.

    .venv/bin/python benchmarks/linkage.py [--rows 100000] [--seed 1]

The people are made up: a tenth come to a second site, where each entry is missing or mistyped at the rates below.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time

import numpy as np
import pandas as pd

from evaltools.clean.link_people import link_exactly, link_keys
from evaltools.clean.link_probably import link_probably
from evaltools.domain.links import linked_groups

MISSING = {"nhs_number": 0.45, "given_name": 0.0, "family_name": 0.0, "birth_date": 0.01, "postcode": 0.05}
MISTYPED = {"nhs_number": 0.01, "given_name": 0.04, "family_name": 0.04, "birth_date": 0.02, "postcode": 0.04}
MOVED = 0.15  # another postcode at the second site
SITES = 6


def _names(count: int, syllables: int, random: np.random.Generator) -> np.ndarray:
    parts = np.array([a + b for a in "bdfghjklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "is")])
    return np.unique(["".join(random.choice(parts, syllables)) for _ in range(count)])


def _drawn(pool: np.ndarray, count: int, random: np.random.Generator) -> np.ndarray:
    weights = 1 / np.arange(1, len(pool) + 1) ** 0.8  # few names are common
    return random.choice(random.permutation(pool), count, p=weights / weights.sum())


def _numbers(count: int, random: np.random.Generator) -> np.ndarray:
    stems = 400_000_000 + random.choice(399_999_999, 2 * count, replace=False)  # no two people have one number
    digits = stems[:, None] // 10 ** np.arange(8, -1, -1) % 10
    check = (11 - (digits * np.arange(10, 1, -1)).sum(axis=1) % 11) % 11
    held = np.column_stack([digits, check])[check < 10][:count]
    return np.array(["".join(map(str, row)) for row in held], dtype=object)


def _mistype(text: str, random: np.random.Generator) -> str:
    at, kind = int(random.integers(len(text))), int(random.integers(3))
    letters = "0123456789" if text[at].isdigit() else "abcdefghijklmnopqrstuvwxyz"
    other = letters[int(random.integers(len(letters)))]
    if text[at] == "-" or text[at].isdigit() or kind == 0:
        return text[:at] + (text[at] if text[at] == "-" else other) + text[at + 1 :]
    return text[:at] + text[at + 1 :] if kind == 1 and len(text) > 2 else text[:at] + other + text[at:]


def made_up(rows: int, seed: int) -> pd.DataFrame:
    """Make records with their true person; columns of `link_fields.PLAIN_FIELDS`, participant_id and site_id."""
    random = np.random.default_rng(seed)
    people = rows * 9 // 10
    days = pd.Timestamp("1958-01-01") + pd.to_timedelta(random.integers(0, 16_800, people), unit="D")
    areas = np.array([f"{a}{n}" for a in ("N", "E", "SE", "NW", "B", "M", "LS", "SY", "DN", "EN") for n in range(1, 20)])
    letters = np.array([a + b for a in "ABDEFGHJLNPQRSTUWXYZ" for b in "ABDEFGHJLNPQRSTUWXYZ"])

    def postcodes(count: int) -> np.ndarray:
        inner = random.integers(0, 10, count).astype(str)
        return np.char.add(np.char.add(random.choice(areas, count), inner), random.choice(letters, count)).astype(object)

    held = pd.DataFrame(
        {
            "nhs_number": _numbers(people, random),
            "given_name": _drawn(_names(700, 2, random), people, random),
            "family_name": _drawn(_names(9000, 3, random), people, random),
            "birth_date": days.strftime("%Y-%m-%d"),
            "postcode": postcodes(people),
        }
    ).astype(object)
    held["site"] = random.integers(0, SITES, people)
    again = held.loc[random.choice(people, rows - people, replace=False)].copy()
    again["site"] = (again["site"] + random.integers(1, SITES, len(again))) % SITES
    moved = random.random(len(again)) < MOVED
    again.loc[moved, "postcode"] = postcodes(int(moved.sum()))
    both = pd.concat([held, again])
    both["person"] = both.index
    both = both.reset_index(drop=True)
    for name, rate in MISTYPED.items():
        wrong = np.flatnonzero(random.random(rows) < rate)
        both.loc[wrong, name] = [_mistype(str(text), random) for text in both[name].iloc[wrong]]
    both["postcode"] = both["postcode"].str.upper()
    for name, rate in MISSING.items():
        both.loc[random.random(rows) < rate, name] = None
    both = both.iloc[random.permutation(rows)].reset_index(drop=True)
    both["participant_id"] = [f"P{number:07d}" for number in range(rows)]
    both["site_id"] = "site_" + both.pop("site").astype(str)
    texts = [name for name in both.columns if name != "person"]
    return both.astype(dict.fromkeys(texts, "string"))


def _exact(records: pd.DataFrame) -> pd.DataFrame:
    return link_exactly(link_keys(records, b"a key for a benchmark, not a secret"))


def _rules(records: pd.DataFrame) -> pd.DataFrame:
    """Three blocks and edit distances in DuckDB: what a person would write in an afternoon."""
    import duckdb

    connection = duckdb.connect(":memory:")
    connection.execute("SET enable_progress_bar = false")
    connection.register("records", records.drop(columns="person").astype(object).where(records.notna(), None))
    found = connection.execute(
        """
        WITH pairs AS (
            SELECT a.participant_id AS left, b.participant_id AS right, a.site_id AS left_site, b.site_id AS right_site
            FROM records a JOIN records b ON a.nhs_number = b.nhs_number
            WHERE a.participant_id < b.participant_id AND levenshtein(a.family_name, b.family_name) <= 3
            UNION
            SELECT a.participant_id, b.participant_id, a.site_id, b.site_id
            FROM records a JOIN records b ON a.birth_date = b.birth_date
            WHERE a.participant_id < b.participant_id
              AND jaro_winkler_similarity(a.family_name, b.family_name) > 0.9
              AND jaro_winkler_similarity(a.given_name, b.given_name) > 0.85
              AND (a.nhs_number IS NULL OR b.nhs_number IS NULL OR levenshtein(a.nhs_number, b.nhs_number) <= 2)
            UNION
            SELECT a.participant_id, b.participant_id, a.site_id, b.site_id
            FROM records a JOIN records b ON a.postcode = b.postcode AND a.family_name = b.family_name
            WHERE a.participant_id < b.participant_id AND levenshtein(a.birth_date, b.birth_date) <= 2
        ) SELECT *, 'linked' AS status FROM pairs WHERE left_site <> right_site
        """
    ).df()
    connection.close()
    return found


WAYS = {"evaltools, exact keys": _exact, "rules in DuckDB": _rules, "evaltools, splink": link_probably}


def _scores(links: pd.DataFrame, records: pd.DataFrame) -> dict[str, float]:
    """Precision and recall over pairs of people, after joining groups; and how the pairs for review divide."""
    truth = records.set_index("participant_id")["person"]
    several = truth.value_counts()
    true_pairs = int((several * (several - 1) // 2).sum())

    def pairs_in(groups: pd.Series) -> int:
        sizes = groups.value_counts().to_numpy()
        return int((sizes * (sizes - 1) // 2).sum())

    groups = linked_groups(links[links["status"] == "linked"])
    person = groups["participant_id"].map(truth).astype(str)
    found, right = pairs_in(groups["linked_id"]), pairs_in(groups["linked_id"] + "|" + person)
    review = links[links["status"] == "review"]
    good = int((review["left"].map(truth).to_numpy() == review["right"].map(truth).to_numpy()).sum())
    return {"precision": right / max(found, 1), "recall": right / true_pairs, "review": len(review), "review_right": good}


def _one(way: str, rows: int, seed: int) -> None:
    records = made_up(rows, seed)
    wall, cpu = time.perf_counter(), time.process_time()
    links = WAYS[way](records)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    score = _scores(links, records)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{way:<24}{rows:>9,}{cpu:>8.1f} s CPU{wall:>8.1f} s wall{peak:>8.0f} MiB  precision {score['precision']:.5f}"
        f"  recall {score['recall']:.4f}  for review {score['review']:,.0f} ({score['review_right']:,.0f} are one person)"
    )


def main() -> None:
    """Run each way in a process of its own, so that its peak memory is its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--way", choices=[*WAYS])
    asked = parser.parse_args()
    if asked.way:
        _one(asked.way, asked.rows, asked.seed)
        return
    for way in WAYS:
        command = [sys.executable, __file__, "--rows", str(asked.rows), "--seed", str(asked.seed), "--way", way]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
