"""What all pages share, opened once for the whole process."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import streamlit as st

from matching.live import LiveMatcher, vector_cache
from registry.catalogue import PARQUET, read_parquet
from registry.editing.names import NameStore
from registry.editing.proposals import ProposalStore
from registry.home import home
from registry.inbox.feedback import FeedbackStore
from registry.inbox.reported_needs import NeedStore
from registry.initiative import Initiative
from registry.places import Places, load_places
from registry.store import InitiativeStore
from registry.upkeep.distinct import DistinctStore
from registry.upkeep.links import LinkStore
from registry.values import Status
from registry.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True)
class Context:
    """The open registry, the matcher over it, and what else is stored beside the initiatives."""

    store: InitiativeStore
    live: LiveMatcher
    feedback: FeedbackStore
    proposals: ProposalStore
    needs: NeedStore
    distinct: DistinctStore
    links: LinkStore
    names: NameStore


@st.cache_resource(show_spinner=False)
def vocabulary() -> Vocabulary:
    """The controlled vocabularies."""
    return load_vocabulary()


@st.cache_resource(show_spinner=False)
def places() -> Places:
    """The municipalities and the län."""
    return load_places()


@st.cache_resource(show_spinner=False)
def context() -> Context:
    """Opens the registry, fills it from the shipped catalogue, and starts loading the model.

    Raises:
        RegistryError: the registry cannot be opened; the next call tries again.
    """
    shipped = read_parquet(PARQUET)
    store = InitiativeStore(home())
    try:
        store.merge_catalogue(shipped)
        feedback = FeedbackStore(store, vocabulary())
        proposals = ProposalStore(store, vocabulary(), places())
        needs = NeedStore(store, vocabulary(), places())
        distinct, links, names = DistinctStore(store), LinkStore(store), NameStore(store)
        live = LiveMatcher(store.all(Status.PUBLISHED), vocabulary(), places(), cache=vector_cache())
    except Exception:
        store.close()
        raise
    live.warm_up()
    return Context(store, live, feedback, proposals, needs, distinct, links, names)


def publish(changed: Sequence[Initiative] = (), removed: Collection[str] = ()) -> None:
    """Lets the next search see records that were saved, and leaves out those removed, by id."""
    context().live.update(changed, removed)
