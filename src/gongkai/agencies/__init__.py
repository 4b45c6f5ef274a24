"""Who: the tree of 行政机关, people and their roles, the editable calendar, numbering."""
