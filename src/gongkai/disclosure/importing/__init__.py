"""The items of an earlier site, taken over."""
