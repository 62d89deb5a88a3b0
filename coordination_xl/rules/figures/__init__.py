"""Figures over the ledgers: 看板 and the weekly digest. Source: SPEC section 3, 看板."""
