"""First infections of 128 children in 13 hospitals (survival::cgd), with and without interferon."""

from __future__ import annotations

from evaltools.domain.event_times import EventTimes


def test_kaplan_meier(cgd, expected, check):
    check.kaplan_meier(EventTimes.from_frame(cgd, "tstop", "status"), expected("cgd_nonparametric")["km_first"])


def test_logrank(cgd, expected, check):
    check.logrank(EventTimes.from_frame(cgd, "tstop", "status"), "treat", expected("cgd_nonparametric")["logrank_first"])
