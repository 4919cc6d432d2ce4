"""Where the service is reached from outside, for texts that are read elsewhere: catalogues and linked data."""

import os
import re

from registry.errors import AddressInvalid

ADDRESS = "SPRIDBART_ADDRESS"
CONTACT = "SPRIDBART_CONTACT"

_SITE = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?", re.IGNORECASE | re.ASCII)
_MAIL = re.compile(r"[a-z0-9._+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE | re.ASCII)


def public_address(asked: str) -> str:
    """The service's own address, without a slash at the end: ``$SPRIDBART_ADDRESS``, or else ``asked``.

    Args:
        asked: scheme and host of the request that is being answered, as its sender wrote them.

    Raises:
        AddressInvalid: it is not the address of a site, and must not reach a file that others read.
    """
    address = (os.environ.get(ADDRESS) or asked).rstrip("/")
    if not _SITE.fullmatch(address):
        raise AddressInvalid(address, ADDRESS)
    return address


def contact_address() -> str | None:
    """The e-mail address of the function that answers for the data, in ``$SPRIDBART_CONTACT``; never a person's.

    Raises:
        AddressInvalid: it is not an e-mail address.
    """
    address = os.environ.get(CONTACT)
    if address and not _MAIL.fullmatch(address):
        raise AddressInvalid(address, CONTACT)
    return address or None
