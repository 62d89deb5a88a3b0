"""Where ledgers live: the port, and what stands behind it."""
