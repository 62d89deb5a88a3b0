"""The add-in on a machine: where its files lie, what is written there, and whether all is well."""
