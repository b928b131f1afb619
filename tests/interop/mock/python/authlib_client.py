"""Signs in at the mock server with Authlib as a plain OAuth client: PKCE, exchange, refresh with rotation. Then sends wrong
requests, and checks that each gets the error that RFC 6749 §5.2 names.

Usage: client.py ORIGIN CLIENT_ID CLIENT_SECRET REDIRECT_URI
"""

import sys
from urllib.parse import parse_qs, urlsplit

import authlib
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from browser import authorize

ORIGIN, CLIENT_ID, SECRET, REDIRECT_URI = sys.argv[1:]
TOKEN_ENDPOINT = f"{ORIGIN}/connect/token"
SCOPE = "info accounts balance offline_access"


def session(secret=SECRET, method="client_secret_post", redirect_uri=REDIRECT_URI):
    return OAuth2Session(
        CLIENT_ID,
        secret,
        scope=SCOPE,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        token_endpoint_auth_method=method,
    )


def sign_in(client, **user):
    """Authorizes as a user, and returns the arguments of the exchange."""
    verifier = generate_token(48)
    # `providers` is TrueLayer's own: the banks that the user can choose.
    url, state = client.create_authorization_url(f"{ORIGIN}/", code_verifier=verifier, providers="uk-cs-mock")
    return {"authorization_response": authorize(url, **user), "state": state, "code_verifier": verifier}


def accounts(client):
    response = client.get(f"{ORIGIN}/data/v1/accounts")
    response.raise_for_status()
    return len(response.json()["results"])


def fails(expected, status, client, request):
    """Checks that a request is refused with this error and status."""
    statuses = []

    def keep_status(response):
        statuses.append(response.status_code)
        return response

    for hook in ["access_token_response", "refresh_token_response"]:
        client.register_compliance_hook(hook, keep_status)
    try:
        tokens = request()
    except OAuthError as error:
        assert (error.error, statuses) == (expected, [status]), (error, statuses)
    else:
        raise AssertionError(f"expected {expected}, found tokens: {sorted(tokens)}")


def exchange_fails(expected, status, client, arguments, **changes):
    fails(expected, status, client, lambda: client.fetch_token(TOKEN_ENDPOINT, **{**arguments, **changes}))


for method in ["client_secret_post", "client_secret_basic"]:
    client = session(method=method)
    tokens = client.fetch_token(TOKEN_ENDPOINT, **sign_in(client))
    assert (tokens["token_type"], tokens["expires_in"], tokens["scope"]) == ("Bearer", 3600, SCOPE), tokens
    assert accounts(client) == 2
    refreshed = client.refresh_token(TOKEN_ENDPOINT, tokens["refresh_token"])
    assert refreshed["access_token"] != tokens["access_token"]
    assert refreshed["refresh_token"] != tokens["refresh_token"], "the refresh token is replaced"
    assert accounts(client) == 2
    used = tokens["refresh_token"]
    fails("invalid_grant", 400, client, lambda: client.refresh_token(TOKEN_ENDPOINT, used))
    print(f"{method}: signed in, refreshed, and a used refresh token is invalid_grant")

client = session()
arguments = sign_in(client)
client.fetch_token(TOKEN_ENDPOINT, **arguments)
exchange_fails("invalid_grant", 400, client, arguments)

client = session()
exchange_fails("invalid_grant", 400, client, sign_in(client), redirect_uri=f"{REDIRECT_URI}/other")

client = session()
exchange_fails("invalid_grant", 400, client, sign_in(client), code_verifier=generate_token(48))

for method in ["client_secret_post", "client_secret_basic"]:
    client = session(secret="another-secret", method=method)
    exchange_fails("invalid_client", 401, client, sign_in(client))

client = session()
exchange_fails("unsupported_grant_type", 400, client, {"username": "john", "password": "doe"})
client = session()
exchange_fails("invalid_request", 400, client, {"grant_type": "refresh_token"})

# Authlib leaves a callback without a code to the application.
callback = parse_qs(urlsplit(sign_in(session(), decision="cancel")["authorization_response"]).query)
assert callback["error"] == ["access_denied"] and len(callback["state"]) == 1, callback
print(f"Authlib {authlib.__version__}: each wrong request got the error of RFC 6749")
