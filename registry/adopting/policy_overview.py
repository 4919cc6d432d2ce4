"""Which initiatives each policy object's window is open to, grouped by reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from registry.adopting.policy import Policy, Reason
from registry.initiative import Initiative


@dataclass(frozen=True)
class Group:
    """A reason with the records it holds for: a rule, or a claim that records state in the same words."""

    reason: Reason
    records: list[Initiative] = field(default_factory=list)


def overview(records: Iterable[Initiative], policy: Policy) -> dict[str, list[Group]]:
    """For each policy object its groups: the claims that records state first, then the rules in their order.

    A record is in every group whose reason holds for it. An object that nobody can use has no group.
    """
    groups: dict[str, dict[tuple[int, str], Group]] = {id: {} for id in policy.entries}
    for record in records:
        for window in policy.windows_for(record):
            of_object = groups[window.policy_object.id]
            for reason in window.reasons:
                place = policy.entries[window.policy_object.id].rules.index(reason.rule) if reason.rule else -1
                of_object.setdefault((place, reason.text), Group(reason)).records.append(record)
    return {
        id: [group for (_place, _text), group in sorted(of_object.items(), key=lambda item: item[0][0])]
        for id, of_object in groups.items()
    }
