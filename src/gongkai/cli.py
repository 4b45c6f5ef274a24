"""`gongkai …` (filled below)."""


def main() -> int:
    return 0
