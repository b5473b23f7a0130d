"""The words and codes that providers write for our codes: each provider has its own, and some have two for one thing."""

from __future__ import annotations

__all__ = ["LETTERS", "NUMBERS", "SENTENCES", "Vocabulary"]

Vocabulary = dict[str, dict[str, tuple[str, ...]]]  # list of codes -> our code -> what the provider writes

# Short words, used in two ways each.
LETTERS: Vocabulary = {
    "sex": {"male": ("M", "Male"), "female": ("F", "Female"), "other": ("Non-binary",), "unknown": ("NK",)},
    "ethnicity": {
        "white": ("White British", "White other", "White Irish"),
        "asian": ("Asian", "Asian British"),
        "black": ("Black British", "Black"),
        "mixed": ("Mixed",),
        "other": ("Other",),
        "unknown": ("Not stated", "NK"),
    },
    "cohort": {"smi": ("SMI", "Psychosis"), "cmd": ("CMD",), "unknown": ("NK",)},
    "source": {
        "secondary": ("CMHT", "EIP"), "primary": ("GP", "IAPT"), "self": ("Self",), "other": ("JCP", "Charity"),
        "unknown": ("NK",),
    },
    "work": {
        "employed": ("Employed",), "unemployed": ("Unemployed", "Not employed"), "sick": ("LTS (not employed)",),
        "student": ("Student",), "homemaker": ("Carer",), "volunteer": ("Voluntary",), "not_seeking": ("Inactive",),
        "unknown": ("NK",),
    },
    "benefit": {
        "esa_support": ("ESA SG", "ESA Support Group"), "esa_wrag": ("ESA WRAG",), "uc": ("UC", "UC LCWRA"), "jsa": ("JSA",),
        "is": ("IS",), "pip": ("PIP", "DLA"), "none": ("None",), "unknown": ("NK",),
    },
    "reason": {
        "completed": ("Completed",), "disengaged": ("Disengaged", "DNA"), "moved": ("Moved out of area",),
        "health": ("Unwell", "Hospital"), "died": ("RIP",), "other": ("Other",), "unknown": ("NK",),
    },
    "end": {
        "resigned": ("Resigned", "Left"), "contract_ended": ("End of contract",), "health": ("Unwell",),
        "dismissed": ("Dismissed",), "new_job": ("Better job",), "unknown": ("NK",),
    },
    "yes": {"true": ("Y", "Yes"), "false": ("N", "No")},
    "milestone": {
        "job_start": ("Start",), "sustained_6": ("6wk",), "sustained_13": ("13wk",), "sustained_26": ("26wk", "6 months"),
    },
    "evidence": {
        "payslip": ("Payslip", "Pay slip"), "employer": ("Employer letter",), "timesheet": ("Time sheet",),
        "self": ("Client said",),
    },
}  # fmt: skip

# National code numbers, as a case system exports them.
NUMBERS: Vocabulary = {
    "sex": {"male": ("1",), "female": ("2",), "other": ("9",), "unknown": ("0",)},
    "ethnicity": {
        "white": ("A", "B", "C"), "asian": ("H", "J", "K"), "black": ("M", "N"), "mixed": ("D", "F"), "other": ("S",),
        "unknown": ("Z",),
    },
    "cohort": {"smi": ("SMI",), "cmd": ("CMI",), "unknown": ("?",)},
    "source": {
        "secondary": ("B1",), "primary": ("A1", "A2"), "self": ("C1",), "other": ("M9",), "unknown": ("ZZ",),
    },
    "work": {
        "employed": ("01",), "unemployed": ("02",), "student": ("03",), "sick": ("04",), "homemaker": ("05",),
        "not_seeking": ("06",), "volunteer": ("07",), "unknown": ("ZZ",),
    },
    "benefit": {
        "esa_support": ("E2",), "esa_wrag": ("E1",), "uc": ("U",), "jsa": ("J",), "is": ("I",), "pip": ("P",),
        "none": ("0",), "unknown": ("99",),
    },
    "reason": {
        "completed": ("10",), "disengaged": ("20", "21"), "moved": ("30",), "health": ("40",), "died": ("50",),
        "other": ("90",), "unknown": ("99",),
    },
    "end": {
        "resigned": ("R",), "contract_ended": ("C",), "health": ("H",), "dismissed": ("D",), "new_job": ("N",),
        "unknown": ("U",),
    },
    "yes": {"true": ("1",), "false": ("0",)},
}  # fmt: skip

# Whole phrases, where the word for one thing stands inside the phrase for its opposite.
SENTENCES: Vocabulary = {
    "sex": {"male": ("Man",), "female": ("Woman",), "other": ("Other",), "unknown": ("Prefer not to say",)},
    "ethnicity": {
        "white": ("White – British", "White – other"), "asian": ("Asian/Asian British",), "black": ("Black/Black British",),
        "mixed": ("Mixed or multiple",), "other": ("Any other ethnic group",), "unknown": ("Refused", "Not known"),
    },
    "cohort": {"smi": ("Severe mental illness",), "cmd": ("Anxiety or depression",), "unknown": ("Not known",)},
    "source": {
        "secondary": ("Secondary care",), "primary": ("Primary care",), "self": ("Self referral",), "other": ("Jobcentre",),
        "unknown": ("Not known",),
    },
    "work": {
        "employed": ("In paid work", "Employed"), "unemployed": ("Not in paid work", "Unemployed"),
        "sick": ("Not in paid work – sick",), "student": ("In education",), "homemaker": ("Looking after home",),
        "volunteer": ("In unpaid work",), "not_seeking": ("Not looking",), "unknown": ("Not known",),
    },
    "benefit": {
        "esa_support": ("ESA – Support",), "esa_wrag": ("ESA – WRAG",), "uc": ("Universal Credit",),
        "jsa": ("Jobseeker’s Allowance",),
        "is": ("Income Support",), "pip": ("PIP only",), "none": ("No benefits",), "unknown": ("Not known",),
    },
    "reason": {
        "completed": ("Support completed",), "disengaged": ("Lost contact", "No contact"), "moved": ("Moved",),
        "health": ("Health",), "died": ("Deceased",), "other": ("Service ended", "Other"), "unknown": ("Not known",),
    },
    "end": {
        "resigned": ("Client’s choice",), "contract_ended": ("Temporary",), "health": ("Health",),
        "dismissed": ("Let go",), "new_job": ("New job",), "unknown": ("Not known",),
    },
    "yes": {"true": ("Yes",), "false": ("No",)},
}  # fmt: skip
