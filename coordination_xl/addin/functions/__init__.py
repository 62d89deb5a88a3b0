"""The worksheet functions: ``=CXL.DUE(...)`` and its sisters. Source: SPEC section 4, section 5.

:mod:`described` says what they are called and what the function wizard says of them, :mod:`cells` reads what Excel hands
over, :mod:`terms` the 节假日 and 参数 that came along, :mod:`columns` answers, and :mod:`worksheet` is what Excel calls.
"""
