"""Who is reminded of what, at which rung, and when people are left in peace. Source: SPEC section 5, ``remind``."""
