"""The form of a study file: which sections and keys it may hold, and what each of them means."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from evaltools.domain.counted_outcome import CountedOutcome, Decomposition
from evaltools.domain.family_settings import FIDELITY_CUTS, FamilySettings, ScoreWindow
from evaltools.domain.instrument import INSTRUMENTS, Instrument
from evaltools.schema.linkage import Linkage
from evaltools.schema.thresholds import Thresholds

__all__ = ["Site", "StudyFile"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Site(_Strict):
    """One site. opens, closes: its window on the programme; data_cut: where its extract ends earlier than the study's."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    provider: str = ""
    commissioner: str = ""
    opens: date | None = None
    closes: date | None = None
    data_cut: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Site:
        if self.opens and self.closes and self.closes < self.opens:
            raise ValueError(f"the site '{self.id}' closes before it opens")
        return self


class _About(_Strict):
    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    subtitle: str = ""
    kind: Literal["records", "counts"]
    synthetic: bool = False
    data_cut: date
    data_cut_words: str = Field(default="", description="what a report says instead, where the data hold no calendar dates")
    programme: str = "All sites"
    definitions: tuple[str, ...] = Field(min_length=1)
    public_key: str = Field(
        default="", description="for shipped studies only: makes pseudonyms reproducible, protects nothing"
    )
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> _About:
        twice = sorted({name for name in self.definitions if self.definitions.count(name) > 1})
        if twice:
            raise ValueError(f"the definition '{twice[0]}' stands twice, which would count everybody twice")
        return self


class _Programme(_Strict):
    sites: tuple[str, ...] = ()


class _Analysis(_Strict):
    horizon_days: tuple[Annotated[int, Field(ge=1)], ...] = (91, 183, 274, 365, 548)
    level: float = Field(default=0.95, gt=0.5, lt=1)


class _Release(_Strict):
    profile: str = "uk-public"


class _Report(_Strict):
    notebooks: tuple[str, ...] = ("overview",)


class _Package(_Strict):
    """Raw data that an installed package holds and that may not be committed here."""

    package: str
    vendor: str
    item: str
    file: str


class _Benefits(_Strict):
    """Benefit off-flow. sensitivity, specificity: of reports that a claim ended, a share or [how many, of how many]."""

    migration_days: int = Field(default=42, ge=0)
    baseline_days: int = Field(default=365, ge=0)
    sensitivity: float | tuple[float, float] | None = None
    specificity: float | tuple[float, float] | None = None


class _Scores(_Strict):
    """Which scores are compared, in days: see domain/family_settings.py."""

    before: int = Field(default=90, ge=0)
    after: int = Field(default=30, ge=0)
    days: int = Field(default=182, ge=1)
    around: int = Field(default=61, ge=0)


class _Contacts(_Strict):
    """Contacts. employer_within: days from engagement within which an employer should have been met.

    open_means_seen: sites that write down a last contact only when it is lost, and say so: somebody whose referral is open
    and who has none was still in contact at the end of the data. Of other sites nothing is assumed.
    """

    employer_within: int = Field(default=30, ge=0)
    open_means_seen: tuple[str, ...] = ()


class _Caseload(_Strict):
    """Caseloads. contact_within: days after the last contact for which a case is active. cuts: upper ends of the bands."""

    contact_within: int | None = Field(default=None, ge=1)
    ramp_up_months: int = Field(default=3, ge=0)
    cuts: tuple[Annotated[int, Field(ge=1)], ...] = FIDELITY_CUTS


class _Instrument(_Strict):
    """A scale: its range, which way is better, and its reliability and standard deviation with their source."""

    id: str = Field(pattern=r"^[a-z0-9]+$")
    label: str
    minimum: float
    maximum: float
    better: Literal["higher", "lower"] | None = None
    reliability: float | None = Field(default=None, gt=0, lt=1)
    sd: float | None = Field(default=None, gt=0)
    source: str = ""

    @model_validator(mode="after")
    def _usable(self) -> _Instrument:
        if not self.minimum < self.maximum:
            raise ValueError(f"the scale '{self.id}' has no width")
        if (self.reliability is not None or self.sd is not None) and not self.source:
            raise ValueError(f"the scale '{self.id}' needs the source of its reliability and standard deviation")
        return self


class StudyFile(_Strict):
    """Everything that study.toml may say."""

    study: _About
    sites: tuple[Site, ...] = ()
    programme: _Programme = _Programme()
    analysis: _Analysis = _Analysis()
    outcomes: tuple[CountedOutcome, ...] = ()
    decomposition: tuple[Decomposition, ...] = ()
    linkage: Linkage = Linkage()
    checks: Thresholds = Thresholds()
    benefits: _Benefits = _Benefits()
    scores: _Scores = _Scores()
    contacts: _Contacts = _Contacts()
    caseload: _Caseload = _Caseload()
    instruments: tuple[_Instrument, ...] = ()
    release: _Release = _Release()
    report: _Report = _Report()
    raw_from: _Package | None = None

    @property
    def families(self) -> FamilySettings:
        """Settings of benefits, contacts, scores and specialists as one value."""
        own = {each.id: Instrument(**each.model_dump()) for each in self.instruments}
        return FamilySettings(
            **self.benefits.model_dump(),
            instruments=INSTRUMENTS | own,
            scores=ScoreWindow(**self.scores.model_dump()),
            employer_within=self.contacts.employer_within,
            contact_within=self.caseload.contact_within,
            ramp_up_months=self.caseload.ramp_up_months,
            caseload_cuts=self.caseload.cuts,
        )
