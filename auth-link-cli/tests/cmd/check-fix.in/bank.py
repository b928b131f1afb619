CONNECT = "http://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb&scope=INFO%20direct_debits&state=s3cret-state"
FORMAT = "https://auth.truelayer.com/?client_id=%s&scope=direct_debits&redirect_uri=%s" % (client_id, redirect_uri)
