"""Who gets a notice, who may read it, when one is due, what was sent already. Source: SPEC section 5, ``notice``."""
