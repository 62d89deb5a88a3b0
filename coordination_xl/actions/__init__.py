"""The verbs, one file each: read, ask the rules, give back a change set. Source: SPEC section 5."""
