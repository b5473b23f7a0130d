"""Stage 4: released numbers to figures, tables, sentences and pages. A notebook calls these and nothing else."""

from evaltools.report.about import definitions_table, notes, sources
from evaltools.report.caseload_table import caseload_table
from evaltools.report.checks_table import checks_table
from evaltools.report.data_quality_cells import data_quality_cells
from evaltools.report.data_quality_findings import data_quality_findings
from evaltools.report.data_quality_heaping import data_quality_heaping
from evaltools.report.data_quality_lag import data_quality_lag
from evaltools.report.data_used import data_used
from evaltools.report.definition_strip import definition_strip
from evaltools.report.definition_table import definition_table
from evaltools.report.denominator_table import denominator_table
from evaltools.report.findings import findings
from evaltools.report.first_contact_table import first_contact_table
from evaltools.report.flow_table import flow_table
from evaltools.report.harmonisation_status import harmonisation_status
from evaltools.report.hours import hours
from evaltools.report.html import section
from evaltools.report.missingness_map import missingness_map
from evaltools.report.participant_flow import participant_flow
from evaltools.report.payments_table import payments_table
from evaltools.report.site_comparison import compare_sites, site_comparison
from evaltools.report.site_order import site_order
from evaltools.report.site_table import site_table
from evaltools.report.subgroup_table import subgroup_tables
from evaltools.report.sustainment_table import sustainment_table
from evaltools.report.targets import target_decomposition, target_table
from evaltools.report.tiles import tiles
from evaltools.report.time_in_job import time_in_job
from evaltools.report.time_to_job import time_to_job
from evaltools.report.time_to_job_by_site import time_to_job_by_site

__all__ = [
    "caseload_table",
    "checks_table",
    "compare_sites",
    "data_quality_cells",
    "data_quality_findings",
    "data_quality_heaping",
    "data_quality_lag",
    "data_used",
    "definition_strip",
    "definition_table",
    "definitions_table",
    "denominator_table",
    "findings",
    "first_contact_table",
    "flow_table",
    "harmonisation_status",
    "hours",
    "missingness_map",
    "notes",
    "participant_flow",
    "payments_table",
    "section",
    "site_comparison",
    "site_order",
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
