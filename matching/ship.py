"""python -m matching.ship: encodes the shipped catalogue, so that a fresh start compares meaning at once.

Writes data/vectors.npz; run it after ``python -m registry compile`` (``make compile`` runs both).
"""

import sys

from matching.encoder import load_encoder, model_name
from matching.index import passages_of
from matching.live import SHIPPED_VECTORS
from matching.vectors import VectorCache
from registry.catalogue import PARQUET, read_parquet
from registry.vocabulary import load_vocabulary


def main() -> int:
    """Encodes what is new and writes the file, without what no record holds any longer."""
    texts = [passage.text for record in read_parquet(PARQUET) for passage in passages_of(record)]
    texts += load_vocabulary().outside
    cache = VectorCache(SHIPPED_VECTORS)
    cache.vectors(texts, load_encoder())
    cache.save(texts)
    print(f"{len(set(texts))} texter kodade med {model_name()} i {SHIPPED_VECTORS.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
