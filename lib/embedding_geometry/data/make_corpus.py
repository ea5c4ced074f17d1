"""Make the course's corpus: the glosses of WordNet 3.0, each behind the synonyms that it explains.

The dictionary files are those of Debian's package ``wordnet-base`` (version 1:3.0-37):

    apt-get download wordnet-base
    dpkg-deb -x wordnet-base_*.deb wordnet
    python make_corpus.py wordnet/usr/share/wordnet

A line of the corpus is one synset: its words, then its gloss with the examples, in lower case, without
punctuation. Lines stand as in the dictionary: nouns, verbs, adjectives, adverbs.
"""

import argparse
import hashlib
import lzma
import re
from pathlib import Path

from embedding_geometry._whole_files import written_whole

PARTS = ("noun", "verb", "adj", "adv")
TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*")
HERE = Path(__file__).resolve().parent


def synset_tokens(line):
    """Return the tokens of a line of a ``data.*`` file: the synset's words, then its gloss."""
    data, _, gloss = line.partition(" | ")
    fields = data.split()
    # Fields 4 on are pairs of a word and a number; their count, in field 3, is hexadecimal.
    words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
    # An adjective may end in its position, as in "galore(ip)".
    words = [re.sub(r"\(\w+\)$", "", word).replace("_", " ") for word in words]
    return TOKEN.findall(" ".join([*words, gloss]).lower())


def corpus_text(folder):
    """Return the corpus: one synset a line, tokens parted by spaces."""
    lines = []
    for part in PARTS:
        for line in (folder / f"data.{part}").read_text(encoding="ascii").splitlines():
            if not line.startswith("  "):  # the licence, at the head of each file
                lines.append(" ".join(synset_tokens(line)) + "\n")
    return "".join(lines)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, help="the folder with data.noun, data.verb, data.adj, data.adv")
    parser.add_argument(
        "--out", type=Path, default=HERE, help="folder to write into (default: beside this script)"
    )
    args = parser.parse_args()

    text = corpus_text(args.source)
    # xz, unlike gzip, stores neither a time nor a file name: the same text gives the same bytes.
    packed = lzma.compress(text.encode("ascii"), preset=9 | lzma.PRESET_EXTREME)
    sums = f"{hashlib.sha256(packed).hexdigest()}  wordnet-glosses.txt.xz\n"
    for name, data in {"wordnet-glosses.txt.xz": packed, "wordnet-SHA256SUMS": sums.encode()}.items():
        with written_whole(args.out / name) as path:
            path.write_bytes(data)
    print(f"{text.count(chr(10)):,} synsets, {len(text.split()):,} words, {len(packed):,} bytes")


if __name__ == "__main__":
    main()
