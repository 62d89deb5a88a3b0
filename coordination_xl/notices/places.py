"""Where a template names a field: for what was only passed on, and missed after its template was done. Source: SPEC section 6."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import meta, nodes

if TYPE_CHECKING:
    from jinja2 import Environment


def place_of(templates: Environment, name: str, field: str) -> str:
    """File and line at which a template, or one that it takes in, first names a field; the file alone where none does."""
    file = templates.get_template(name).filename or name
    source = templates.loader.get_source(templates, name)[0] if templates.loader else ""
    tree = templates.parse(source, name, file)
    for node in tree.find_all((nodes.Name, nodes.Getattr)):
        if field in (getattr(node, "name", None), getattr(node, "attr", None)):
            return f"{file} 第 {node.lineno} 行"
    inner = (place_of(templates, taken, field) for taken in meta.find_referenced_templates(tree) if taken)
    return next((place for place in inner if place.endswith("行")), file)
