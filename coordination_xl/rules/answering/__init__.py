"""What an answer means for the ledgers: who has read, who comes, what progress was told. Source: SPEC section 5, ``receipts``."""
