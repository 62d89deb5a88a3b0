"""What `register` and `load` have in common: a form sheet, its cells, its findings, its mark."""
