"""Tips from the public: of a new initiative, or of something wrong in a record. Each becomes a förslag for the editors."""

from dataclasses import dataclass

from registry.editing.drafts import Fields
from registry.editing.proposals import Origin, Proposal, ProposalStore
from registry.errors import SendingFull, UnknownMunicipality
from registry.inbox.sent_in import Visit, checked_text, today
from registry.places import Places

AUTHOR = "tips från allmänheten"
MOST_A_VISIT = 5
MOST_A_DAY = 100
LONGEST_NAME, LONGEST, LONGEST_ADDRESS = 160, 2000, 500  # characters


@dataclass(frozen=True)
class Tip:
    """Something the registry should know: what it is called, what it is, and as far as known where, whose and where told."""

    name: str
    text: str
    municipality: str = ""
    owner: str = ""
    address: str = ""


class TipBox:
    """Takes in tips, so many a visit and a day."""

    def __init__(self, proposals: ProposalStore, places: Places) -> None:
        self._proposals = proposals
        self._places = places

    def send(self, tip: Tip, visit: Visit) -> Proposal:
        """Makes a förslag of a new initiative.

        Raises:
            NothingWritten, TextTooLong, PersonalDataFound: see ``registry.inbox.sent_in.checked_text``.
            SendingFull: the visit or the day has had as many as are taken.
            UnknownMunicipality: there is no such municipality.
        """
        fields = self._fields(tip)
        self._check(visit)
        proposal = self._proposals.create(fields, by=AUTHOR, origin=Origin.TIP)
        visit.sent += 1
        return proposal

    def correct(self, initiative_id: str, text: str, address: str, visit: Visit) -> Proposal:
        """Makes a förslag of a change to a record; what should be changed is a comment on it.

        Raises:
            RecordNotFound: there is no such record.
            NothingWritten, TextTooLong, PersonalDataFound, SendingFull: as ``send``.
        """
        words = checked_text(text, LONGEST)
        if address.strip():
            words += f"\n\nKälla: {checked_text(address, LONGEST_ADDRESS)}"
        self._check(visit)
        proposal = self._proposals.create(by=AUTHOR, origin=Origin.TIP, initiative_id=initiative_id)
        self._proposals.comment(proposal.id, by=AUTHOR, text=words)
        visit.sent += 1
        return proposal

    def _fields(self, tip: Tip) -> Fields:
        fields: Fields = {
            "name": checked_text(tip.name, LONGEST_NAME),
            "description": checked_text(tip.text, LONGEST),
        }
        if tip.owner.strip():
            fields["owner"] = checked_text(tip.owner, LONGEST_NAME)
        if tip.address.strip():
            fields["links"] = [{"title": "Ur tipset", "address": checked_text(tip.address, LONGEST_ADDRESS)}]
        if tip.municipality:
            if tip.municipality not in self._places.municipalities:
                raise UnknownMunicipality(tip.municipality)
            fields["municipalities"] = [tip.municipality]
        return fields

    def _check(self, visit: Visit) -> None:
        visit.check()
        came = [proposal for proposal in self._proposals.all(author=AUTHOR) if proposal.created_at.date() == today()]
        if len(came) >= MOST_A_DAY:
            raise SendingFull("tips", "day", MOST_A_DAY)
