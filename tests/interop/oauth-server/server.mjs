// An OAuth server of the shape of TrueLayer's, on a free port of 127.0.0.1. It prints its origin when it is ready, and ends when
// its standard input does. `/__requests` and `/__refusals` tell a test what happened since it asked last.
import { createServer } from "node:http";

// It warns of what a stand-in is meant to do.
console.info = console.warn = () => {};
const { Provider } = await import("oidc-provider");

const SCOPES = ["info", "accounts", "balance", "transactions", "cards", "direct_debits", "standing_orders"];
const PARAMETERS = ["providers", "provider_id", "disable_providers", "language_id", "country_id", "user_email", "tracking_id"];

const CLIENT = {
  client_id: "sandbox-peers-000000",
  // What a form has to encode.
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

/** What the user just consented to. Who signs in as `someone/without/balance` holds that scope back. */
async function loadExistingGrant(ctx) {
  const { oidc } = ctx;
  if (!oidc.result?.consent) return undefined;
  const grant = await oidc.provider.Grant.find(oidc.result.consent.grantId);
  const [, withheld] = oidc.session.accountId.split("/without/");
  if (withheld) {
    grant.rejectOIDCScope(withheld);
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
  const refused = (ctx, error) => {
    journal.refusals.push(`${error.name}: ${error.error_detail ?? error.error_description ?? error.message}`);
  };
  for (const event of ["authorization.error", "grant.error", "server_error"]) provider.on(event, refused);

  provider.use(async (ctx, next) => {
    const [, told] = ctx.path.split("/__");
    if (told in journal) {
      ctx.body = journal[told].splice(0);
      return;
    }
    // Without it `offline_access` is dropped (OpenID Connect Core §11), which TrueLayer does not do.
    if (ctx.path === "/") ctx.querystring += "&prompt=consent";
    await next();
  });

  server.on("request", provider.callback());
  console.log(issuer);
});

process.stdin.resume().on("end", () => process.exit());
