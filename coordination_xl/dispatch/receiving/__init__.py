"""Mails that come back, from a mailbox or a folder, and what they say. Source: SPEC section 5, ``receipts``."""
