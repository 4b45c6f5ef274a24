"""The hash chain of everything that happened: one chain an agency, each entry bound to the one before by SM3."""
