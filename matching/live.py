"""A matcher that is there from the first second and follows the registry as it changes."""

import logging
import threading
from collections.abc import Callable, Collection, Sequence

from matching.encoder import BUNDLED, Encoder, load_encoder, model_name
from matching.errors import MatchingError
from matching.index import Index
from matching.matcher import Matcher
from matching.vectors import VectorCache
from registry.files import slug
from registry.home import home
from registry.initiative import Initiative
from registry.places import Places
from registry.vocabulary import DATA, Vocabulary

SHIPPED_VECTORS = DATA / "vectors.npz"
_log = logging.getLogger(__name__)


def vector_cache() -> VectorCache:
    """The vectors of the chosen model: those shipped with the catalogue, and those made here."""
    name = model_name()
    return VectorCache(home() / f"vectors-{slug(name)}.sqlite", SHIPPED_VECTORS if name == BUNDLED else None)


class LiveMatcher:
    """Holds the current ``Matcher`` and replaces it whole.

    It compares words at once and meaning as soon as the model has been loaded in the background.
    ``failure`` says why, if the model could not be loaded; words go on working.
    """

    def __init__(
        self,
        records: Sequence[Initiative],
        vocabulary: Vocabulary,
        places: Places,
        *,
        load: Callable[[], Encoder] = load_encoder,
        cache: VectorCache | None = None,
    ) -> None:
        self._vocabulary = vocabulary
        self._places = places
        self._load = load
        self._cache = cache or VectorCache()
        self._changing = threading.Lock()
        self.failure: MatchingError | None = None
        self.current = Matcher(Index(records, vocabulary), vocabulary, places)

    def warm_up(self) -> threading.Thread:
        """Starts loading the model in a thread of its own, and returns the thread."""
        thread = threading.Thread(target=self._warm_up, name="spridbart-warm-up", daemon=True)
        thread.start()
        return thread

    def update(self, changed: Sequence[Initiative] = (), removed: Collection[str] = ()) -> None:
        """Takes in records that were added or changed, and leaves out those removed, by id.

        The next search sees it. Only the changed records are analysed and only their new sentences encoded.
        """
        with self._changing:
            index = self.current.index.updated(changed, removed, self._cache)
            self.current = Matcher(index, self._vocabulary, self._places)

    @property
    def waiting(self) -> bool:
        """Whether the model is still being loaded."""
        return self.failure is None and self.current.index.meaning is None

    def _warm_up(self) -> None:
        try:
            encoder = self._load()
        except MatchingError as failure:
            _log.warning("the model could not be loaded: %r", failure)
            self.failure = failure
            return
        with self._changing:
            index = self.current.index.with_meaning(encoder, self._cache)
            self.current = Matcher(index, self._vocabulary, self._places)
