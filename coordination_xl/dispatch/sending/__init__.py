"""The outbox, its journal, and SMTP: each mail once, whatever crashes. Source: SPEC section 5, ``send``."""
