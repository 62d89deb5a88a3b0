"""One typed model a notice kind: everything its templates may ask for, filled from a row. Source: SPEC section 5, ``notice``."""
