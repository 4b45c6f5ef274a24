"""Prints how well the privacy scan does on the planted corpus: precision and recall of every rule.

python scripts/privacy_corpus.py [SEED] [--wrong]
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from gongkai.documents.offices import NO_OFFICE  # noqa: E402
from gongkai.documents.privacy.files import scan_here  # noqa: E402
from gongkai.documents.privacy.places import place_in_words, rule_in_words  # noqa: E402
from tests.documents.privacy.planted import SEED, corpus, key_of, measured  # noqa: E402


def main() -> int:
    numbers = [int(text) for text in sys.argv[1:] if text.isdecimal()]
    files = corpus(numbers[0] if numbers else SEED)
    results = [(file, scan_here(file.data, file.name, NO_OFFICE, "")) for file in files]
    print(f"{len(files)} files, {sum(len(file.keys) for file in files)} planted")
    print(f"{'rule':10}{'planted':>9}{'found':>7}{'wrong':>7}{'recall':>8}{'precision':>11}  what")
    for rule, measure in sorted(measured(results).items(), key=lambda item: (len(item[0]), item[0])):
        numbers_shown = f"{measure.planted:9}{measure.found:7}{measure.wrong:7}"
        print(f"{rule:10}{numbers_shown}{measure.recall:8.3f}{measure.precision:11.3f}  {rule_in_words(rule).zh}")
    if "--wrong" in sys.argv:
        for file, scanned in results:
            told = [key_of(finding) for finding in scanned.findings]
            for key in file.keys:
                if key not in told:
                    print("missed", file.name, key)
            for finding in scanned.findings:
                if key_of(finding) not in file.keys:
                    print(
                        "told",
                        file.name,
                        finding.severity.value,
                        key_of(finding),
                        place_in_words(finding).zh,
                        finding.message.zh,
                    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
