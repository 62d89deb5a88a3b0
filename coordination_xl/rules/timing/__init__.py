"""When a thing is due, late, reported, paused, extended: the clocks of every row. Source: SPEC section 4."""
