"""Covering parts of a document so that nothing of them is left in the copy (条例 37)."""
