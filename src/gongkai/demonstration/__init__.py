"""The demonstration office: the agency of the report this project began from, its year 2021 replayed through the
actions, and a handful of cases of today so that the desk has work on it. People and cases are made up."""
