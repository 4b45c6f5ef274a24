"""年度报告: compiled from the records, read, audited and rendered in the national form."""
