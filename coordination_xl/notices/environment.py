"""The one Jinja environment: sandboxed, strict, escaping every HTML name; a user's own template goes before the shipped one.

What goes wrong in a template is told by file, line and field. Source: SPEC section 6.
"""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

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
    from collections.abc import Iterator, Mapping, MutableMapping
    from pathlib import Path
    from types import TracebackType

    from jinja2 import Environment

FAULTS = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, OSError)
"""What a template can do wrong: its own code runs in the sandbox, and can raise these."""


def environment(beside: Path | None = None) -> SandboxedEnvironment:
    """The environment for templates such as ``周报/page.html``.

    Args:
        beside: the folder of the workbook; its ``templates/`` is looked at first. ``None``: shipped templates only.
    """
    folders = [] if beside is None else [beside / "templates"]
    made = _Templates(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in (*folders, shipped("templates"))]),
        undefined=_Strict,
        autoescape=lambda name: name is None or name.endswith((".html", ".xhtml", ".xml")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # one run reads each file once; to look at its date for every notice takes longer than the notice
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
    except FAULTS as fault:
        raise broken(fault, name, context) from fault


def module_of(templates: Environment, name: str, context: Mapping[str, object]) -> Mapping[str, object]:
    """What a template sets by ``{% set name = … %}``, by name.

    Raises:
        BrokenTemplate: as :func:`rendered`.
    """
    try:
        template = templates.get_template(name)
        try:
            return vars(template.make_module({**context}))
        except FAULTS:
            templates.handle_exception()  # it comes out again, with the lines of the template
    except FAULTS as fault:
        raise broken(fault, name, context) from fault


def broken(fault: Exception, name: str, context: Mapping[str, object], place: str = "") -> BrokenTemplate:
    """What a template did wrong, by file, line and field; where a field is missing, with those that are there.

    Args:
        fault: one of :data:`FAULTS`.
        name: the template's name.
        context: its variables.
        place: where it is, if that is not a line of a text.
    """
    remedy = "改正这一处，或删去工作簿旁 templates 里的这个文件，改用自带的模板"
    if isinstance(fault, FieldMissing) and (there := _fields(context if fault.owner is None else fault.owner)):
        remedy = f"可用的字段：{'、'.join(there)}。{remedy}"
    return BrokenTemplate(f"模板 {place or _place(fault, name)}", f"无法使用：{_reason(fault)}", remedy)


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


class _Templates(SandboxedEnvironment):
    """Gives every template its globals as one dictionary: the chain that Jinja makes is copied anew for every notice."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template knows besides what it is given."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - whatever a template holds
        """An attribute. Of our own models the sandbox need not be asked: all that is public in them is meant to be read."""
        if attribute[:1] != "_" and hasattr(type(obj), "__dataclass_fields__"):
            with suppress(AttributeError):
                return getattr(obj, attribute)
        return super().getattr(obj, attribute)


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


def step_of(fault: BaseException, name: str) -> tuple[str, int] | None:
    """File and line of what a template did wrong, ``None`` where they are not known.

    Args:
        fault: one of :data:`FAULTS`.
        name: what the file is called where the fault does not say.
    """
    if isinstance(fault, TemplateSyntaxError):
        return fault.filename or fault.name or name, fault.lineno
    steps = [step for step in _steps(fault.__traceback__) if not step[0].endswith((".py", ">"))]
    return steps[-1] if steps else None


def _place(fault: BaseException, name: str) -> str:
    """File and line, as far as they are known."""
    step = step_of(fault, name)
    missing_file = f"（{fault.name}）" if isinstance(fault, TemplateNotFound) and fault.name != name else ""
    return f"{name if step is None else f'{step[0]} 第 {step[1]} 行'}{missing_file}"


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
