"""Packages for the archive: files sealed by a manifest of digests, described in XML, and checked by anyone who has them.

Nothing here knows what the files mean or asks a database: a package is built, opened and checked by its bytes alone.
"""
