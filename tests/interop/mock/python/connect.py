"""Runs `auth-link connect` at the program `auth-link-mock`, plays the browser, and prints both sides.

Usage: connect.py AUTH_LINK AUTH_LINK_MOCK
"""

import os
import re
import socket
import subprocess
import sys
from urllib.request import Request, urlopen

from browser import authorize, fetch
from program import MockProgram

AUTH_LINK, PROGRAM = sys.argv[1:]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def show(side, text):
    for line in text.splitlines():
        print(f"{side:>7} | {line}")


def connect(mock, redirect_uri, secret, **user):
    """Runs the command with a browser, and returns its status, its output and its errors."""
    arguments = ["connect", "--no-browser", "--client-id", mock.client_id, "--redirect-uri", redirect_uri]
    arguments += ["--scope", "accounts,balance", "--providers", "uk-cs-mock", "--auth-server", mock.origin]
    show("connect", "$ auth-link " + " ".join(arguments))
    command = subprocess.Popen(
        [AUTH_LINK, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TRUELAYER_CLIENT_SECRET": secret, "COLUMNS": "100"},
    )
    errors = ""
    while "waiting for the browser" not in errors:
        line = command.stderr.readline()
        assert line, f"the command ended with {command.wait()} after:\n{errors}"
        errors += line
    show("connect", errors)
    try:
        callback = authorize(re.search("^http.*", errors, re.MULTILINE)[0], **user)
        status, _, page = fetch(callback)
        output, rest = command.communicate(timeout=60)
    finally:
        command.kill()
    expected = 200 if user.get("decision") != "cancel" else 403
    assert status == expected, f"expected a page with the status {expected} for the callback, found {status}"
    text = re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", re.sub("(?s)<(style|title).*?</\\1>", "", page))).strip()
    errors += rest
    assert secret not in output + errors, "the output shows the secret"
    show("browser", f"{callback.split('?')[0]}?… -> {status}: {text}")
    show("connect", rest)
    show("connect", output)
    show("connect", f"(status {command.returncode})")
    return command.returncode, output, errors


redirect_uri = f"http://localhost:{free_port()}/callback"
with MockProgram(PROGRAM, "--redirect-uri", redirect_uri) as mock:
    show("mock", f"$ auth-link-mock --redirect-uri {redirect_uri}")
    show("mock", mock.output)

    status, output, errors = connect(mock, redirect_uri, mock.client_secret)
    assert status == 0, errors
    for expected in ["Current account", "GBP"]:
        assert expected in output, f"expected `{expected}` in the table:\n{output}"

    status, output, errors = connect(mock, redirect_uri, mock.client_secret, decision="cancel")
    assert (status, output) == (1, ""), (status, output)
    assert "the consent was cancelled" in errors, errors

    status, output, errors = connect(mock, redirect_uri, "another-secret")
    assert (status, output) == (2, ""), (status, output)
    assert "invalid_client" in errors, errors

    body = b'{"endpoint": "balance", "error": "provider_error", "times": 10}'
    urlopen(Request(f"{mock.origin}/_mock/fail-next", body), timeout=30).close()
    status, output, errors = connect(mock, redirect_uri, mock.client_secret)
    assert status == 2 and "Current account" in output, (status, output)
    assert "provider_error" in errors, errors
show("mock", "^C (status 0)")
