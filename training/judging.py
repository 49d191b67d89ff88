"""When a report has the parties of an event: judged alike by everything here that learns from reports or scores them."""

from collections.abc import Iterable, Sequence

Place = Sequence[int]  # start, end in characters


def overlaps(a: Place, b: Place) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def meets(some: Iterable[Place], others: Sequence[Place]) -> bool:
    return any(overlaps(a, b) for a in some for b in others)


def parties_agree(wanted: Sequence[Sequence[Iterable[Place]]], found: Sequence[Sequence[Place]], *, open_ended: bool = False) -> bool:
    """Whether each side names one of those who are on it.

    wanted: for actor and recipient, of each party the places of its names. found: for actor and recipient, the places of the
    report's parties. Where nobody is wanted, nobody may be found; unless open_ended, where gold leaves out whom another
    sentence names. Parties of a joint deed all stand as actors: of them two are found, on either side.
    """
    actor, recipient = wanted
    if len(actor) > 1 and not recipient:
        return sum(meets(party, [*found[0], *found[1]]) for party in actor) > 1
    return all(any(meets(party, there) for party in side) if side else open_ended or not there
               for side, there in zip(wanted, found, strict=True))  # fmt: skip
