"""依申请公开: applications from receipt to archive."""
