"""The one Jinja environment: sandboxed, strict, escaping every HTML name; a user's own template goes before the shipped one.

What goes wrong in a template is told by file, line and field. Source: SPEC section 6.
"""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from coordination_xl.errors import BrokenTemplate
from coordination_xl.notices import filters
from coordination_xl.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from jinja2 import Environment

_FAULTS = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, OSError)
"""What a template can do wrong: its own code runs in the sandbox, and can raise these."""


def environment(beside: Path | None = None) -> SandboxedEnvironment:
    """The environment for templates such as ``周报/page.html``.

    Args:
        beside: the folder of the workbook; its ``templates/`` is looked at first. ``None``: shipped templates only.
    """
    folders = [] if beside is None else [beside / "templates"]
    made = SandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in (*folders, shipped("templates"))]),
        undefined=_Strict,
        autoescape=lambda name: name is None or name.endswith((".html", ".xhtml", ".xml")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(filters.FILTERS)
    return made


def rendered(templates: Environment, name: str, context: Mapping[str, object]) -> str:
    """What a template makes of what it is given.

    Args:
        templates: the environment, see :func:`environment`.
        name: the template's, for example ``周报/page.html``.
        context: its variables.

    Raises:
        BrokenTemplate: it, or one that it takes in, cannot be read or asks for what is not there.
    """
    try:
        return templates.get_template(name).render(context)
    except _FAULTS as fault:
        remedy = "改正这一处，或删去工作簿旁 templates 里的这个文件，改用自带的模板"
        if isinstance(fault, FieldMissing) and (there := _fields(context if fault.owner is None else fault.owner)):
            remedy = f"可用的字段：{'、'.join(there)}。{remedy}"
        raise BrokenTemplate(f"模板 {_place(fault, name)}", f"无法使用：{_reason(fault)}", remedy) from fault


class FieldMissing(UndefinedError):
    """A template asked for what is not there.

    Args:
        message: as Jinja words it.
        owner: the object that was asked, ``None`` where a variable was.
        name: what it was asked for.
    """

    def __init__(self, message: str | None, *, owner: object, name: str) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = name


class _Strict(StrictUndefined):
    """Fails at every use, and remembers who was asked for what."""

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[Exception] = UndefinedError,
    ) -> None:
        owner = None if obj is missing else obj
        told = partial(FieldMissing, owner=owner, name=str(name)) if exc is UndefinedError else exc
        super().__init__(hint, obj, name, told)  # type: ignore[arg-type]  # Jinja only calls it, with the message


def _fields(owner: object) -> tuple[str, ...]:
    """What a template may ask for: keys, or fields and properties, in order."""
    if isinstance(owner, dict):
        return tuple(str(key) for key in owner)
    if not dataclasses.is_dataclass(owner):
        return ()
    properties = (name for name, value in vars(type(owner)).items() if isinstance(value, property))
    return (*(field.name for field in dataclasses.fields(owner)), *properties)


def _place(fault: BaseException, name: str) -> str:
    """File and line, as far as they are known."""
    if isinstance(fault, TemplateSyntaxError):
        return f"{fault.filename or fault.name or name} 第 {fault.lineno} 行"
    steps = [step for step in _steps(fault.__traceback__) if not step[0].endswith((".py", ">"))]
    missing_file = f"（{fault.name}）" if isinstance(fault, TemplateNotFound) and fault.name != name else ""
    return f"{steps[-1][0]} 第 {steps[-1][1]} 行{missing_file}" if steps else f"{name}{missing_file}"


def _steps(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    while traceback is not None:
        yield traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        traceback = traceback.tb_next


def _reason(fault: BaseException) -> str:
    if isinstance(fault, FieldMissing):
        return f"没有“{fault.name}”这个字段"
    if isinstance(fault, UnicodeDecodeError):
        return "不是 UTF-8 编码的文本"
    if isinstance(fault, TemplateNotFound):
        return "找不到这个模板" if fault.name is None else f"找不到模板“{fault.name}”"
    return f"写法有误（{fault}）" if isinstance(fault, (TemplateError, ArithmeticError, TypeError)) else str(fault)
