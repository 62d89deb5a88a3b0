"""What a verb other than ``check`` may find: why it leaves a row or a form alone. Same form as :mod:`coordination_xl.schema.faults`.

``{header}`` is the column's header (or the form's label) and ``{value}`` what stands in the cell.
"""

from __future__ import annotations

from coordination_xl.schema.faults import Fault

REFUSALS = tuple(value for value in tuple(globals().values()) if isinstance(value, Fault))
BY_CODE = {fault.code: fault for fault in REFUSALS}
