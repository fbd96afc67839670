"""Imports among all modules. ``make lint`` holds the order of the rooms; this holds what import-linter does not see."""

from __future__ import annotations

from graphlib import TopologicalSorter

from grimp import build_graph


def test_no_module_imports_itself_through_others_not_even_for_types() -> None:
    graph = build_graph("servkit", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the modules of the circle
