"""Archive packages (ARC-01…03): manifest, EEP-style XML, the four-property check."""
