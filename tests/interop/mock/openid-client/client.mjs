// Signs in at the mock server with `openid-client` as a plain OAuth client: PKCE, exchange, refresh with rotation. Then sends
// wrong requests, and checks that each gets the error that RFC 6749 §5.2 names.
// Usage: client.mjs ORIGIN CLIENT_ID CLIENT_SECRET REDIRECT_URI

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import * as oauth from 'openid-client'
import { authorize } from './browser.mjs'

const [origin, clientId, secret, redirectUri] = process.argv.slice(2)
const scope = 'info accounts balance offline_access'

for (const method of [oauth.ClientSecretPost, oauth.ClientSecretBasic]) {
  const config = await discover(secret, method)
  const { callback, checks } = await signIn(config)
  const tokens = await oauth.authorizationCodeGrant(config, callback, checks)
  assert.equal(tokens.token_type, 'bearer')
  assert.equal(tokens.expires_in, 3600)
  assert.equal(tokens.scope, scope)
  assert.equal(await accounts(config, tokens), 2)

  const refreshed = await oauth.refreshTokenGrant(config, tokens.refresh_token)
  assert.notEqual(refreshed.access_token, tokens.access_token)
  assert.notEqual(refreshed.refresh_token, tokens.refresh_token, 'the refresh token is replaced')
  assert.equal(await accounts(config, refreshed), 2)
  await fails('invalid_grant', 400, () => oauth.refreshTokenGrant(config, tokens.refresh_token))
  console.log(`${method.name}: signed in, refreshed, and a used refresh token is invalid_grant`)
}

const config = await discover(secret, oauth.ClientSecretPost)
{
  const { callback, checks } = await signIn(config)
  await oauth.authorizationCodeGrant(config, callback, checks)
  await fails('invalid_grant', 400, () => oauth.authorizationCodeGrant(config, callback, checks))
}
{
  const { callback, checks } = await signIn(config)
  const elsewhere = new URL(callback)
  elsewhere.pathname += '/other'
  await fails('invalid_grant', 400, () => oauth.authorizationCodeGrant(config, elsewhere, checks))
}
{
  const { callback, checks } = await signIn(config)
  const wrong = { ...checks, pkceCodeVerifier: oauth.randomPKCECodeVerifier() }
  await fails('invalid_grant', 400, () => oauth.authorizationCodeGrant(config, callback, wrong))
}
for (const method of [oauth.ClientSecretPost, oauth.ClientSecretBasic]) {
  const wrong = await discover('another-secret', method)
  const { callback, checks } = await signIn(wrong)
  await fails('invalid_client', 401, () => oauth.authorizationCodeGrant(wrong, callback, checks))
}
await fails('unsupported_grant_type', 400, () =>
  oauth.genericGrantRequest(config, 'password', { username: 'john', password: 'doe' }),
)
await fails('invalid_request', 400, () => oauth.genericGrantRequest(config, 'refresh_token', {}))
{
  const { callback, checks } = await signIn(config, { decision: 'cancel' })
  const error = await rejection(() => oauth.authorizationCodeGrant(config, callback, checks))
  assert.equal(error.error, 'access_denied', error)
}
const { version } = JSON.parse(readFileSync(new URL('node_modules/openid-client/package.json', import.meta.url)))
console.log(`openid-client ${version}: each wrong request got the error of RFC 6749`)

/** Reads the server's metadata. */
async function discover(secret, method) {
  return oauth.discovery(new URL(origin), clientId, undefined, method(secret), {
    algorithm: 'oauth2',
    execute: [oauth.allowInsecureRequests],
  })
}

/** Authorizes as a user, and returns the callback with the values to check it against. */
async function signIn(config, user) {
  const pkceCodeVerifier = oauth.randomPKCECodeVerifier()
  const expectedState = oauth.randomState()
  const url = oauth.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope,
    state: expectedState,
    code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    // TrueLayer's own parameter: the banks that the user can choose.
    providers: 'uk-cs-mock',
  })
  return { callback: await authorize(url, user), checks: { pkceCodeVerifier, expectedState } }
}

/** Returns the number of accounts. */
async function accounts(config, { access_token: token }) {
  const response = await oauth.fetchProtectedResource(config, token, new URL(`${origin}/data/v1/accounts`), 'GET')
  return (await response.json()).results.length
}

/** Checks that a request is refused with this error and status. */
async function fails(expected, status, request) {
  const error = await rejection(request)
  // With a `WWW-Authenticate` header in the response, the library leaves the body to the caller.
  const code = error instanceof oauth.WWWAuthenticateChallengeError ? (await error.response.json()).error : error.error
  assert.deepEqual([code, error.status], [expected, status], error)
}

async function rejection(request) {
  try {
    await request()
  } catch (error) {
    return error
  }
  throw new assert.AssertionError({ message: 'expected an error, found a response' })
}
