"""python -m matching.ship: encodes the shipped catalogue, so that a fresh start compares meaning at once.

Writes data/vectors.npz; run it after ``python -m registry compile`` (``make compile`` runs both).
"""

import sys

from matching.encoder import load_encoder, model_name
from matching.live import SHIPPED_VECTORS
from matching.passages import passages_of
from matching.vectors import VectorCache, write_shipped
from registry.catalogue import PARQUET, read_parquet
from registry.vocabulary import load_vocabulary


def main() -> int:
    """Encodes what is new and writes the file, without what no record holds any longer."""
    vocabulary = load_vocabulary()
    texts = [passage.text for record in read_parquet(PARQUET) for passage in passages_of(record, vocabulary)]
    texts += vocabulary.outside
    texts = list(dict.fromkeys(texts))
    vectors = VectorCache(shipped=SHIPPED_VECTORS).vectors(texts, load_encoder())
    write_shipped(SHIPPED_VECTORS, texts, vectors)
    print(f"{len(texts)} texter kodade med {model_name()} i {SHIPPED_VECTORS.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
