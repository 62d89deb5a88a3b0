"""From drafts to numbered letters: 发文记录 rows and the files in the outbox. Source: SPEC section 5, ``notice``."""
