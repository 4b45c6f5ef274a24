"""Reading files of every kind into one normal form (see `normal`)."""
