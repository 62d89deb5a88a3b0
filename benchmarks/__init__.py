"""Side-by-side measurements, peers included: ``make bench``."""
