// An OAuth server with TrueLayer's paths and parameters, on a free port of 127.0.0.1. It prints its origin when it is ready, and
// exits when its standard input closes. `/__requests` and `/__refusals` return the events since the last call.
import { createServer } from "node:http";

// The server warns of its development features, which a mock server needs.
console.info = console.warn = () => {};
const { Provider } = await import("oidc-provider");

const SCOPES = ["info", "accounts", "balance", "transactions", "cards", "direct_debits", "standing_orders"];
const PARAMETERS = ["providers", "provider_id", "disable_providers", "language_id", "country_id", "user_email", "tracking_id"];

const CLIENT = {
  client_id: "sandbox-interop-000000",
  // Characters that a form must encode.
  client_secret: "a+secret&100%=/",
  redirect_uris: [
    "http://127.0.0.1:8080/callback",
    "http://127.0.0.1:8080/other",
    "http://127.0.0.1:8080/callback?from=a%20bank&x=%2B",
  ],
  response_types: ["code"],
  grant_types: ["authorization_code", "refresh_token"],
  token_endpoint_auth_method: "client_secret_post",
};

const CONFIGURATION = {
  clients: [CLIENT],
  routes: { authorization: "/", token: "/connect/token" },
  scopes: ["openid", "offline_access", ...SCOPES],
  extraParams: PARAMETERS,
  responseTypes: ["code"],
  pkce: { required: () => true },
  rotateRefreshToken: true,
  features: { devInteractions: { enabled: true } },
  findAccount: (ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  loadExistingGrant,
};

/** Returns the user's grant. A user who signs in as `someone/without/balance` denies the scope `balance`. */
async function loadExistingGrant(ctx) {
  const { oidc } = ctx;
  if (!oidc.result?.consent) return undefined;
  const grant = await oidc.provider.Grant.find(oidc.result.consent.grantId);
  const [, denied] = oidc.session.accountId.split("/without/");
  if (denied) {
    grant.rejectOIDCScope(denied);
    await grant.save();
  }
  return grant;
}

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, CONFIGURATION);
  const journal = { requests: [], refusals: [] };

  provider.on("interaction.started", (ctx, prompt) => {
    if (prompt.name === "login") journal.requests.push(ctx.oidc.params.toPlainObject());
  });
  const refuse = (ctx, error) => {
    journal.refusals.push(`${error.name}: ${error.error_detail ?? error.error_description ?? error.message}`);
  };
  for (const event of ["authorization.error", "grant.error", "server_error"]) provider.on(event, refuse);

  provider.use(async (ctx, next) => {
    const [, list] = ctx.path.split("/__");
    if (list in journal) {
      ctx.body = journal[list].splice(0);
      return;
    }
    // Without this prompt the server drops `offline_access` (OpenID Connect Core §11). TrueLayer does not.
    if (ctx.path === "/") ctx.querystring += "&prompt=consent";
    await next();
  });

  server.on("request", provider.callback());
  console.log(issuer);
});

process.stdin.resume().on("end", () => process.exit());
