"""Standing meetings: when they fall, and which are planned already. Source: SPEC A3."""
