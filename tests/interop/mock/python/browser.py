"""Plays a user's browser at the mock server: the user chooses Mock Bank, signs in there and decides."""

import re
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


_opener = build_opener(_NoRedirects)


def fetch(url, fields=None):
    """Returns the status, the headers and the text of a response, to a form if there are fields."""
    try:
        response = _opener.open(url, urlencode(fields).encode() if fields else None, timeout=30)
    except HTTPError as error:
        response = error
    with response:
        return response.status, response.headers, response.read().decode()


def authorize(url, user="john", password="doe", decision="allow"):
    """Opens an authorization URL, and returns the URL of the callback."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    _, _, page = fetch(url)
    found = re.search('name="dialog" value="([^"]+)"', page)
    assert found, f"expected the dialog of the mock server, found:\n{page}"
    dialog = found[1]
    fetch(f"{origin}/bank?{urlencode({'dialog': dialog, 'provider': 'mock'})}")
    status, _, _ = fetch(f"{origin}/bank", {"dialog": dialog, "user": user, "password": password})
    assert status == 303, f"the bank refused the user: status {status}"
    status, headers, _ = fetch(f"{origin}/decision", {"dialog": dialog, "decision": decision})
    assert headers["location"], f"expected a redirect to the application, found status {status}"
    return headers["location"]
