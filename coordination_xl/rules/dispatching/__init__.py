"""Who gets a notice, when one is due, what was sent already, what an answer means. Source: SPEC section 5."""
