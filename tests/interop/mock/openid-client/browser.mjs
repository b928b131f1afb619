// Plays a user's browser at the mock server: the user chooses Mock Bank, signs in there and decides.

/** Opens an authorization URL, and returns the URL of the callback. */
export async function authorize(url, { user = 'john', password = 'doe', decision = 'allow' } = {}) {
  const { origin } = new URL(url)
  const page = await (await fetch(url)).text()
  const dialog = /name="dialog" value="([^"]+)"/.exec(page)?.[1]
  if (!dialog) throw new Error(`expected the dialog of the mock server, found:\n${page}`)
  await fetch(`${origin}/bank?${new URLSearchParams({ dialog, provider: 'mock' })}`)
  const credentials = await post(`${origin}/bank`, { dialog, user, password })
  if (credentials.status !== 303) throw new Error(`the bank refused the user: status ${credentials.status}`)
  const decided = await post(`${origin}/decision`, { dialog, decision })
  const callback = decided.headers.get('location')
  if (!callback) throw new Error(`expected a redirect to the application, found status ${decided.status}`)
  return new URL(callback)
}

const post = (url, fields) => fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
