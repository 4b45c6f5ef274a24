"""The register of rules and normative documents: validity, changes, clean-ups; counts of decisions."""
