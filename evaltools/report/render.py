"""Render a notebook to one HTML file that needs nothing else. The only module of the reports that touches the disk."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbconvert.exporters import TemplateExporter
from papermill.exceptions import PapermillExecutionError

from evaltools.domain.release import Meta, Release
from evaltools.errors import Problem, ReportError
from evaltools.report.about import provenance
from evaltools.report.html import Html
from evaltools.report.kernel import ThisPython
from evaltools.report.page import Page, compose
from evaltools.report.parameters import check_parameters

__all__ = ["render"]


def render(
    notebook: Path,
    release_folder: Path,
    release: Release,
    out: Path,
    style: Path,
    parameters: Mapping[str, Any] | None = None,
) -> list[Path]:
    """Execute a notebook on a release and write its page, and its figures as SVG and CSV.

    notebook: under its name in `analyses/`; its cells run in its folder. release_folder: given to the notebook as `release`.
    release: the same release, for title, banner and foot. out: the folder of the study's reports. style: `reports/style`.
    parameters: of the notebook, besides `release`. Returns the files written, the page first.

    Raises ReportError: R201 for a parameter that the notebook does not have, R202 for a cell that fails, R204 and R205 for
    a notebook that is missing or cannot be read.
    """
    given = {"release": str(release_folder.resolve()), **(parameters or {})}
    check_parameters(notebook.stem, _declared(notebook), given)
    page = compose(_execute(notebook, given))
    written = {out / f"{notebook.stem}.html": _html(page, release.meta, style)}
    for figure in page.figures:
        written[out / "figures" / f"{notebook.stem}-{figure.name}.svg"] = figure.svg
        written[out / "figures" / f"{notebook.stem}-{figure.name}.csv"] = figure.csv
    for path, text in written.items():
        _write(path, text)
    return list(written)


def _declared(notebook: Path) -> dict[str, Any]:
    if not notebook.is_file():
        raise ReportError(
            Problem("R204", f"there is no notebook '{notebook.stem}'", str(notebook), fix="look in analyses/ for the names")
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return dict(papermill.inspect_notebook(str(notebook)))
        except ValueError as fault:
            fix = "open it in JupyterLab ('make lab'), choose the kernel Python 3 and save it"
            detail = str(fault).splitlines()[0]
            raise ReportError(Problem("R205", f"'{notebook.name}' is not a notebook", notebook.name, detail, fix)) from None


def _execute(notebook: Path, given: Mapping[str, Any]) -> Any:
    """Run the notebook and return it with its outputs; nothing is printed and no copy is kept."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the notebook machinery; the notebook itself runs in another process
        target = Path(folder) / notebook.name
        try:
            papermill.execute_notebook(
                str(notebook),
                str(target),
                parameters=dict(given),
                kernel_name="python3",
                progress_bar=False,
                cwd=str(notebook.parent),
                kernel_manager_class=ThisPython,
            )
        except PapermillExecutionError as failed:
            raise ReportError(_failure(notebook.stem, failed)) from None
        return nbformat.read(str(target), as_version=4)


def _failure(report: str, failed: PapermillExecutionError) -> Problem:
    first = next((line for line in str(failed.source).splitlines() if line.strip()), "")
    return Problem(
        "R202",
        f"the report '{report}' stopped at cell {failed.cell_index + 1}",
        f"{report}.ipynb, cell {failed.cell_index + 1}: {first.strip()}",
        f"{failed.ename}: {str(failed.evalue).splitlines()[0] if failed.evalue else ''}",
        "open the notebook with 'make lab' and run it to that cell; everything before it is in order",
    )


def _html(page: Page, meta: Meta, style: Path) -> str:
    # not HTMLExporter, which rewrites the finished page and with it the drawings
    exporter = TemplateExporter(
        template_name="page",
        template_file="index.html.j2",
        extra_template_basedirs=[str(style / "template")],
        file_extension=".html",
    )
    resources = {
        "evaltools": {
            "meta": meta,
            "contents": page.contents,
            "css": (style / "evaltools.css").read_text("utf-8"),
            "foot": provenance(meta).text,
        }
    }
    block = nbformat.v4.new_raw_cell(Html(page.body).text)
    text, _ = exporter.from_notebook_node(nbformat.v4.new_notebook(cells=[block]), resources=resources)
    return text.strip() + "\n"


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as target:
        target.write(text)
    os.chmod(name, 0o644)
    os.replace(name, path)
