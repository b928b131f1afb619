static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    client_secret = "s3cret-value",
    redirect_uri = "https://app.example.com/?code=abcd",
    scope = [info, acounts],
);
