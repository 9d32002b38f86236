// A real OpenID Connect provider (oidc-provider) on this machine, where whoever is asked for says who they are and agrees.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished, vi } from 'vitest'

export const OIDC_CLIENT = 'cellboard'
export const OIDC_SECRET = 'a secret of the provider, long enough'

/** Not as a literal: it brings no types. */
const LIBRARY: string = 'oidc-provider'

/** What of the library is used here. */
interface Provider {
  callback(): (request: unknown, response: unknown) => void
}
type ProviderClass = new (issuer: string, options: object) => Provider

/** Its issuer. `redirect` is told once the server that signs in there has an address. */
export async function startProvider(): Promise<{ issuer: string; allow: (redirect: string) => void }> {
  // Its warnings are for who runs it for others.
  for (const way of ['warn', 'info'] as const) vi.spyOn(console, way).mockReturnValue()
  const { default: OidcProvider } = (await import(LIBRARY)) as { default: ProviderClass }
  const http: Server = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const issuer = `http://localhost:${(http.address() as AddressInfo).port}`
  const redirects: string[] = []
  const allow = (redirect: string) => {
    redirects.push(redirect)
    const provider = new OidcProvider(issuer, {
      clients: [{ client_id: OIDC_CLIENT, client_secret: OIDC_SECRET, redirect_uris: redirects }],
      claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
      conformIdTokenClaims: false,
      findAccount: (_: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, name: `${id} from afar`, email: `${id}@example.org` }),
      }),
      // The library's own pages for trying out: one asks for a name, the next for consent.
      features: { devInteractions: { enabled: true } },
    })
    http.removeAllListeners('request')
    http.on('request', provider.callback())
  }
  onTestFinished(() => {
    http.closeAllConnections()
    http.close()
  })
  return { issuer, allow }
}

/** A browser without a screen: follows redirects by hand and keeps cookies by host. */
export class Visitor {
  readonly #cookies = new Map<string, Map<string, string>>()

  async get(url: string): Promise<Response> {
    return this.#go(url, {})
  }

  async post(url: string, fields: Record<string, string>): Promise<Response> {
    return this.#go(url, { method: 'POST', body: new URLSearchParams(fields) })
  }

  cookie(url: string, name: string): string | undefined {
    return this.#cookies.get(new URL(url).host)?.get(name)
  }

  /** As if the site had set it. */
  keep(url: string, name: string, value: string): void {
    const { host } = new URL(url)
    this.#cookies.set(host, (this.#cookies.get(host) ?? new Map<string, string>()).set(name, value))
  }

  /** Follows until something is shown. */
  async follow(response: Response, at: string): Promise<{ response: Response; url: string }> {
    let [now, url] = [response, at]
    while (now.status >= 300 && now.status < 400) {
      url = new URL(now.headers.get('location')!, url).href
      now = await this.get(url)
    }
    return { response: now, url }
  }

  /** Says who one is at the provider, agrees, and comes back. */
  async signInAs(name: string, start: string): Promise<{ response: Response; url: string }> {
    let page = await this.follow(await this.get(start), start)
    for (const fields of [{ prompt: 'login', login: name, password: 'any' }, { prompt: 'consent' }])
      page = await this.follow(await this.post(page.url, fields as unknown as Record<string, string>), page.url)
    return page
  }

  async #go(url: string, options: RequestInit): Promise<Response> {
    const { host } = new URL(url)
    const jar = this.#cookies.get(host) ?? new Map<string, string>()
    this.#cookies.set(host, jar)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...options, headers: { cookie }, redirect: 'manual' })
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!
      jar.set(name!, value!)
    }
    return response
  }
}
