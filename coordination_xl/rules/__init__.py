"""The rules of the mechanism: pure, frames and ``now`` in, frames and findings out."""
