"""Stage 4: released numbers to figures, tables, sentences and pages. A notebook calls these and nothing else."""

from evaltools.report.about import definitions_table, notes, sources
from evaltools.report.checks_table import checks_table
from evaltools.report.data_used import data_used
from evaltools.report.findings import findings
from evaltools.report.flow_table import flow_table
from evaltools.report.hours import hours
from evaltools.report.html import section
from evaltools.report.participant_flow import participant_flow
from evaltools.report.payments_table import payments_table
from evaltools.report.site_comparison import compare_sites, site_comparison
from evaltools.report.site_table import site_table
from evaltools.report.subgroup_table import subgroup_tables
from evaltools.report.sustainment_table import sustainment_table
from evaltools.report.targets import target_decomposition, target_table
from evaltools.report.tiles import tiles
from evaltools.report.time_in_job import time_in_job
from evaltools.report.time_to_job import time_to_job
from evaltools.report.time_to_job_by_site import time_to_job_by_site

__all__ = [
    "checks_table",
    "compare_sites",
    "data_used",
    "definitions_table",
    "findings",
    "flow_table",
    "hours",
    "notes",
    "participant_flow",
    "payments_table",
    "section",
    "site_comparison",
    "site_table",
    "sources",
    "subgroup_tables",
    "sustainment_table",
    "target_decomposition",
    "target_table",
    "tiles",
    "time_in_job",
    "time_to_job",
    "time_to_job_by_site",
]
