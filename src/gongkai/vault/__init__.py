"""Identity data sealed at rest: SM4-GCM fields and blind indexes, keys outside the database (PIPL 51)."""
