"""The words of a catalogue: how each is spelt, and how much it says.

Records are compared with a challenge by the character n-grams of their words (tf-idf, 3 to 5 letters within
words). Since the n-grams of a text are the sum of those of its words, it is enough to compare the challenge
with each *word* once; the likeness of a text is then the sum over its words. The n-grams of a million
records would not fit in memory, those of their words do.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_matrix, csr_matrix, vstack
from sklearn.feature_extraction.text import CountVectorizer

from matching.words import carries_meaning, stem, tokens

Scores = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]
_SAMPLE = 5_000  # texts: more do not change how common an n-gram or a stem is
_TELLING = float(np.log(6))  # the idf of BM25 of a stem that one record in six holds
_CHUNK = 2_000  # texts whose n-grams are in memory at once
_BLOCK = 100  # scores
_TINY = 1e-9
_NO_WORDS = "registret"  # learned from by a catalogue without records: there must be an n-gram


@dataclass(frozen=True)
class Texts:
    """Texts as numbered words: text ``i`` is ``words[starts[i]:starts[i + 1]]``."""

    words: Numbers
    starts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def counts(self, width: int) -> csr_matrix:
        """How often each number occurs in each text, (texts, width)."""
        ones = np.ones(len(self.words), dtype=np.float32)
        matrix = csr_matrix((ones, self.words.copy(), self.starts), shape=(len(self), width))  # summed in place
        matrix.sum_duplicates()
        return matrix

    def some(self, start: int, stop: int) -> "Texts":
        """Texts ``start`` to ``stop``."""
        starts = self.starts[start : stop + 1]
        return Texts(self.words[starts[0] : starts[-1]], starts - starts[0])


class Lexicon:
    """The words and stems of a catalogue, numbered in the order they are met.

    It grows with the catalogue. How common n-grams and stems are is learned once, by ``learn``, and holds for
    records that come later: a stem never met before counts as the rarest, an n-gram never met before is not
    compared until the next start. ``rarity`` (stems,) is the idf of BM25.
    """

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._stem_of = array("i")
        self._counter = CountVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), strip_accents="unicode", dtype=np.float32
        )
        self._weights = np.zeros(0, dtype=np.float32)
        # Words of the time of learning, and those met since: a changed record must not copy the n-grams of all.
        self._grams: tuple[csr_matrix, ...] = (csr_matrix((0, 0), dtype=np.float32),)
        self._columns: tuple[csc_matrix, ...] = (csc_matrix((0, 0), dtype=np.float32),)
        self.rarity = np.zeros(0, dtype=np.float32)
        self.average_length = 1.0

    def __len__(self) -> int:
        """How many words there are."""
        return len(self._words)

    def numbers(self, text: str) -> list[int]:
        """The words of a text of the catalogue, by number; new words are taken in."""
        return [self._number(token.lower()) for token in tokens(text)]

    def texts(self, texts: Iterable[str]) -> Texts:
        """Texts of the catalogue as numbered words; new words are taken in."""
        numbered = [self.numbers(text) for text in texts]
        return Texts(np.array([n for text in numbered for n in text], np.int32), np.cumsum([0, *map(len, numbered)]))

    def stems(self, texts: Texts) -> Texts:
        """The stems of the words that carry meaning."""
        stems = np.frombuffer(self._stem_of, dtype=np.int32)[texts.words]
        meant = stems >= 0
        return Texts(stems[meant], np.r_[0, np.cumsum(meant)][texts.starts])

    def asked(self, text: str) -> tuple[list[int], int]:
        """The stems of a challenge that the catalogue knows, and how many it has in all, each once."""
        asked = dict.fromkeys(stem(token) for token in tokens(text) if carries_meaning(token))
        return [self._stems[word] for word in asked if word in self._stems], len(asked)

    def telling(self, words: Mapping[str, str]) -> dict[str, str]:
        """Those words, by stem, that at most one record in six holds, rarest first."""
        rarity = {word: self.rarity[self._stems[word]] for word in words if word in self._stems}
        told = sorted((word for word in rarity if rarity[word] >= _TELLING), key=lambda word: -rarity[word])
        return {word: words[word] for word in told}

    def learn(self, records: Texts) -> None:
        """Learns what is common and what is rare, from the words of each record."""
        sample = records.some(0, min(_SAMPLE, len(records)))
        grams = self._counter.fit(self._words or [_NO_WORDS]).transform(self._words)
        common = np.bincount((sample.counts(len(self._words)) @ grams).indices, minlength=grams.shape[1])
        self._weights = np.log((1 + len(sample)) / (1 + common)).astype(np.float32) + 1
        self._grams = (self._weighed(grams),)
        self._columns = (self._grams[0].tocsc(),)
        stems = self.stems(sample)
        held = np.bincount(stems.counts(len(self._stems)).indices, minlength=len(self._stems))
        self.rarity = np.log1p((len(sample) - held + 0.5) / (held + 0.5)).astype(np.float32)
        self.average_length = max(1.0, len(stems.words) / max(1, len(stems)))

    def take_in(self) -> None:
        """Spells out the words met since last time, so that they can be compared."""
        new = list(islice(self._words, sum(grams.shape[0] for grams in self._grams), None))
        if new:
            base, *later = self._grams
            since = vstack([*later, self._weighed(self._counter.transform(new))], format="csr")
            self._grams, self._columns = (base, since), (self._columns[0], since.tocsc())
            rarest = np.full(len(self._stems) - len(self.rarity), self.rarity.max(initial=1.0), dtype=np.float32)
            self.rarity = np.r_[self.rarity, rarest]

    def likeness(self, texts: Sequence[str]) -> Scores:
        """How much each word of the catalogue adds to the likeness with each of these texts, (texts, words).

        The n-gram cosine with a text of the catalogue is the sum over its words, divided by its length.
        """
        asked = self._weighed(self._counter.transform([" ".join(tokens(text)) for text in texts]))
        held, column = np.unique(asked.indices, return_inverse=True)
        weights = np.zeros((len(held), len(texts)), dtype=np.float32)
        weights[column, np.repeat(np.arange(len(texts)), np.diff(asked.indptr))] = asked.data
        weights /= np.maximum(np.linalg.norm(weights, axis=0), _TINY)
        parts = [columns[:, held] @ weights for columns in self._columns]
        return np.ascontiguousarray(np.concatenate(parts).T, dtype=np.float32)

    def spelt_like(self, likeness: Scores, count: int) -> list[int]:
        """The stems of the ``count`` words whose likeness is greatest: those asked for, rightly spelt."""
        stems = (self._stem_of[word] for word in highest(likeness, count))
        return sorted({stem for stem in stems if stem >= 0})

    def lengths(self, texts: Texts) -> Scores:
        """The length of each text's n-gram vector, (texts,)."""
        return np.concatenate([np.zeros(0, dtype=np.float32), *self._lengths(texts)])

    def _lengths(self, texts: Texts) -> Iterator[Scores]:
        for start in range(0, len(texts), _CHUNK):
            some = texts.some(start, min(start + _CHUNK, len(texts)))
            counts, before = some.counts(len(self)), self._grams[0].shape[0]
            grams = counts[:, :before] @ self._grams[0]
            for since in self._grams[1:]:
                grams += counts[:, before:] @ since
            yield np.sqrt(np.asarray(grams.multiply(grams).sum(axis=1), dtype=np.float32).ravel())

    def _weighed(self, counts: csr_matrix) -> csr_matrix:
        """Counts of n-grams, (texts, n-grams), each by how rare it is."""
        return csr_matrix((counts.data * self._weights[counts.indices], counts.indices, counts.indptr), counts.shape)

    def _number(self, word: str) -> int:
        number = self._words.get(word)
        if number is None:
            number = self._words[word] = len(self._words)
            self._stem_of.append(self._stems.setdefault(stem(word), len(self._stems)) if carries_meaning(word) else -1)
        return number


def ranges(starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The numbers start, start + 1, ... of each range, one range after the other."""
    before = np.r_[0, np.cumsum(lengths)[:-1]]
    return np.asarray(np.arange(lengths.sum()) + np.repeat(starts - before, lengths), dtype=np.int64)


def highest(scores: Scores, count: int) -> npt.NDArray[np.intp]:
    """The places of the ``count`` highest scores above 0, in no order.

    At least ``count`` scores reach the ``count``-th highest of the blocks' maxima, so that only those that do need
    be partitioned: ten times as fast as partitioning a million.
    """
    least = np.float32(0)
    whole = len(scores) - len(scores) % _BLOCK
    if whole >= count * _BLOCK:
        least = np.partition(scores[:whole].reshape(-1, _BLOCK).max(axis=1), -count)[-count]
    rows = np.flatnonzero(scores >= least if least > 0 else scores > 0)
    return rows[np.argpartition(scores[rows], -count)[-count:]] if len(rows) > count else rows
