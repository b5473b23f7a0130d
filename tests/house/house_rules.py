"""The house rules as plain functions: the folder of a project in, its offences out."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

STAGES = ("clean", "derive", "estimate", "release", "report", "synthetic")
MAY_IMPORT = {
    "domain": {"domain", "errors"},
    "errors": {"errors"},
    "schema": {"schema", "domain", "errors"},
    **{stage: {stage, "schema", "domain", "errors"} for stage in STAGES},
    "store": {"store", "schema", "domain", "errors"},
    "study": {"study", "schema", "domain", "errors"},
    "provenance": {"provenance", "study", "store", "schema", "domain", "errors", "evaltools"},
    "pages": {"pages", "provenance", "study", "store", "schema", "domain", "errors", "report"},
    "private_files": {"private_files"},
    "decisions": {"decisions", "private_files", "study", "schema", "domain", "errors", "clean"},
    "intake": {
        *("intake", "decisions", "pages", "provenance", "study", "store"),
        *("schema", "domain", "errors", "clean", "release"),
    },
    "pipeline": {
        *("pipeline", "intake", "decisions", "pages", "provenance", "study", "store"),
        *("schema", "domain", "errors", *STAGES),
    },
    "verbs": {
        *("verbs", "pipeline", "intake", "decisions", "pages", "provenance", "study", "store", "private_files"),
        *("schema", "domain", "errors", *STAGES),
    },
    "doctor": set(),
    "screen": {"errors"},
    "commands": {
        *("commands", "doctor", "screen", "verbs", "pipeline", "decisions", "intake", "pages", "study", "store"),
        *("schema", "domain", "errors", "synthetic", "report"),
    },
    "cli": {"cli", "commands", "screen", "errors"},
    "__main__": {"cli"},
    "__init__": set(),
}
DISK_MODULES = re.compile(
    r"^(clean/read_\w+|clean/marks_\w+|schema/read\w*|study|store|report/render|provenance|pages|intake|private_files|"
    r"(verbs|commands)/\w+)\.py$"
)
DISK_CALLS = {
    "read_csv",
    "to_csv",
    "read_excel",
    "to_excel",
    "read_parquet",
    "to_parquet",
    "open",
    "write_text",
    "write_bytes",
    "read_text",
    "read_bytes",
}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "core"}
MOST_LINES = 200


def sources(root: Path) -> Iterator[tuple[str, Path]]:
    """Each module of the package, by its path from there."""
    for path in sorted((root / "evaltools").rglob("*.py")):
        name = path.relative_to(root / "evaltools").as_posix()
        if not name.startswith("shipped/"):
            yield name, path


def area(name: str) -> str:
    return name.split("/")[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    """The areas of evaltools that a module imports, wherever in the module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [f"{node.module}.{alias.name}" if node.module == "evaltools" else node.module for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = ["evaltools.relative"]
        for name in names:
            parts = name.split(".")
            if parts[0] == "evaltools":
                yield parts[1] if len(parts) > 1 else "evaltools"


def import_direction(root: Path) -> list[str]:
    return [
        f"{name} imports {held}"
        for name, path in sources(root)
        for held in imports_of(path)
        if held not in MAY_IMPORT.get(area(name), set())
    ]


def disk_at_the_edges(root: Path) -> list[str]:
    offences = []
    for name, path in sources(root):
        if DISK_MODULES.match(name):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in DISK_CALLS and not _in_memory(node):
                    offences.append(f"{name}:{node.lineno} calls {called}")
    return offences


def _in_memory(call: ast.Call) -> bool:
    """A frame written to text (no first argument) or a zip built in memory touches no disk."""
    called = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if called == "to_csv":
        return not call.args
    receiver = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    return "zip" in receiver.lower() or "archive" in receiver.lower()


def small_modules(root: Path) -> list[str]:
    offences = []
    for name, path in sources(root):
        lines = sum(bool(line.strip()) and not line.strip().startswith("#") for line in path.read_text("utf-8").splitlines())
        if lines > MOST_LINES:
            offences.append(f"{name} has {lines} lines of code")
        if {part.removesuffix(".py") for part in name.split("/")} & EMPTY_NAMES:
            offences.append(f"{name} has a name that says nothing")
    return offences


def twins(root: Path) -> list[str]:
    missing = []
    for name, path in sources(root):
        if path.name in ("__init__.py", "__main__.py"):
            continue
        twin = root / "tests" / "unit" / Path(name).parent / f"test_{path.name}"
        if not twin.is_file():
            missing.append(f"{name} has no {twin.relative_to(root).as_posix()}")
    return missing


def thin_notebooks(root: Path) -> list[str]:
    offences = []
    for path in sorted((root / "analyses").rglob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        if not any("parameters" in cell["metadata"].get("tags", []) for cell in code):
            offences.append(f"{path.name} has no parameters cell")
        for number, cell in enumerate(code, 1):
            offences += [f"{path.name}, code cell {number} {fault}" for fault in _cell_faults(cell)]
    return offences


_LOGIC = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda, ast.ListComp)


def _cell_faults(cell: dict[str, object]) -> Iterator[str]:
    source = "".join(cell["source"])  # type: ignore[arg-type]
    if cell.get("outputs") or cell.get("execution_count"):
        yield "has outputs"
    if len([line for line in source.splitlines() if line.strip()]) > 8:
        yield "has more than 8 lines"
    nodes = list(ast.walk(ast.parse(source)))
    yield from (f"holds logic ({type(node).__name__})" for node in nodes if isinstance(node, _LOGIC))
    for node in nodes:
        yield from _foreign_imports(node)


def _foreign_imports(node: ast.AST) -> Iterator[str]:
    modules = []
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        modules = [node.module or ""]
    for module in modules:
        if module.split(".")[0] != "evaltools":
            yield f"imports {module}"


def public_names(root: Path) -> list[str]:
    offences = []
    for name, path in sources(root):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        listed = next((ast.literal_eval(node.value) for node in tree.body if _is_all(node)), None)
        if listed is None:
            if path.name not in ("__init__.py", "__main__.py"):
                offences.append(f"{name} has no __all__")
            continue
        if listed != sorted(listed, key=_by_kind):
            offences.append(f"{name}: __all__ is not sorted")
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                offences += [f"{name}: {node.name} {fault}" for fault in _public_faults(node, listed)]
    return offences


def _by_kind(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions; each in order of the alphabet, as ruff sorts them."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def _is_all(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"


def _public_faults(node: ast.FunctionDef | ast.ClassDef, listed: list[str]) -> Iterator[str]:
    if not ast.get_docstring(node):
        yield "has no docstring"
    decorated = any("app.command" in ast.unparse(each) for each in node.decorator_list)
    if node.name not in listed and not decorated:
        yield "is public and not in __all__"
    if isinstance(node, ast.FunctionDef):
        arguments = [*node.args.args, *node.args.kwonlyargs]
        if node.returns is None or any(each.annotation is None for each in arguments):
            yield "lacks types"
