AUTH = "https://auth.truelayer.com"
TOKEN = "https://auth.truelayer.com/connect/token"

def link(state):
    return (
        "https://auth.truelayer.com/?response_type=code"
        "&client_id=" + CLIENT_ID
    )

OLD = "https://auth.truelayer.com/connect/auth?client_id=acme-7d2f1a&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcb&scope=info&enable_mock=true&nonce=secret-nonce"
