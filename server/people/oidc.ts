// Signing in at an OpenID Connect provider: authorisation code with PKCE, state and nonce. Who comes back is known by the provider's
// lasting name of them (issuer and subject), never by an address alone.
import type { Express, Request, Response } from 'express'
import type { Logger } from 'pino'
import * as client from 'openid-client'
import { appendAudit } from '../audit/audit.js'
import type { Config } from '../config.js'
import type { House } from '../graphql/context.js'
import { currentScope } from '../graphql/scope.js'
import type { EntityManager } from '../store/orm.js'
import { InvitationTable, MembershipTable, TeamTable } from '../teams/team.table.js'
import { Challenges } from './challenges.js'
import { IdentityTable } from './identity.table.js'
import { COOKIE_OPTIONS, COOKIES } from './identity.js'
import { hashSecret } from './secrets.js'
import { beginSession } from './sessions.js'
import { UserTable, type User } from './user.table.js'

export const OIDC_PATH = '/sign-in/oidc'

interface Asked {
  readonly verifier: string
  readonly nonce: string
  /** Secret of an invitation that brings somebody who is not known yet. */
  readonly invitation: string | null
  /** The hash of the cookie of the browser that was sent away: no other may come back in its place. */
  readonly browser: string
}

/** Why somebody is not let in; told on the page. */
class Refused extends Error {}

const BROWSER_COOKIE = 'cellboard_oidc'

export function serveOidc(app: Express, { config, store, address, visitors }: House, log: Logger): void {
  const { oidc } = config
  if (!oidc) return
  const open = new Challenges<Asked>()
  let known: Promise<client.Configuration> | undefined
  /** Asked for once; again where it failed. */
  const provider = () => {
    const options = oidc.issuer.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {}
    known ??= client.discovery(oidc.issuer, oidc.client, oidc.secret, undefined, options)
    known.catch(() => (known = undefined))
    return known
  }
  const redirectUri = () => `${address()}${OIDC_PATH}/callback`
  const cookie = { ...COOKIE_OPTIONS, secure: config.publicUrl?.protocol === 'https:' }

  app.get(
    OIDC_PATH,
    guarded(log, async (request, response) => {
      const often = visitors.refuseOften('signInsPerAddress', request.ip ?? '')
      if (often) throw new Refused(often.message)
      const asked = {
        verifier: client.randomPKCECodeVerifier(),
        nonce: client.randomNonce(),
        browser: client.randomState(),
      }
      const { invitation } = request.query
      const state = open.add({
        ...asked,
        browser: hashSecret(asked.browser),
        invitation: typeof invitation === 'string' ? invitation : null,
      })
      const url = client.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirectUri(),
        scope: 'openid email profile',
        code_challenge: await client.calculatePKCECodeChallenge(asked.verifier),
        code_challenge_method: 'S256',
        state,
        nonce: asked.nonce,
      })
      response.cookie(BROWSER_COOKIE, asked.browser, { ...cookie, maxAge: 300_000, path: OIDC_PATH })
      response.redirect(url.href)
    }),
  )

  app.get(
    `${OIDC_PATH}/callback`,
    guarded(log, async (request, response) => {
      const state = typeof request.query.state === 'string' ? request.query.state : ''
      const asked = open.take(state)
      const browser = new RegExp(`(?:^|;\\s*)${BROWSER_COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1]
      if (!asked || !browser || hashSecret(browser) !== asked.browser)
        throw new Refused('Expected to come back within five minutes, in the browser that was sent away. Try again.')
      const url = new URL(request.originalUrl, address())
      const tokens = await client.authorizationCodeGrant(await provider(), url, {
        pkceCodeVerifier: asked.verifier,
        expectedNonce: asked.nonce,
        expectedState: state,
        idTokenExpected: true,
      })
      const claims = tokens.claims()!
      const em = store.em.fork()
      const user = await em.transactional((em) => userOf(em, oidc, claims, asked.invitation))
      const token = await beginSession(em, user, request.headers['user-agent'] ?? '')
      await appendAudit(em, {
        action: 'signInWithProvider',
        userId: user.id,
        requestId: currentScope()?.requestId ?? '',
      })
      response.clearCookie(BROWSER_COOKIE, { ...cookie, path: OIDC_PATH, maxAge: undefined })
      response.cookie(COOKIES.session, token, cookie)
      response.redirect('/')
    }),
  )
}

/** What goes wrong is told on the sign-in page: what is ours to tell as it is, all else in general, with the log to look into. */
const guarded =
  (log: Logger, work: (request: Request, response: Response) => Promise<void>) =>
  (request: Request, response: Response) => {
    work(request, response).catch((error: unknown) => {
      if (!(error instanceof Refused)) log.warn({ err: error }, 'A sign-in at the provider failed.')
      const why =
        error instanceof Refused
          ? error.message
          : 'The provider did not confirm who you are. Try again, or ask who runs this server.'
      response.redirect(`/sign-in?problem=${encodeURIComponent(why)}`)
    })
  }

type Provider = NonNullable<Config['oidc']>

/**
 * Somebody who was here before; or a newcomer, whom an invitation brings or whom the configuration lets into a team.
 * @throws Refused
 */
async function userOf(
  em: EntityManager,
  { team, role }: Provider,
  claims: client.IDToken,
  invitation: string | null,
): Promise<User> {
  const now = new Date()
  const { iss: issuer, sub: subject } = claims
  const identity = await em.findOne(IdentityTable, { issuer, subject })
  const user = identity && (await em.findOne(UserTable, { id: identity.userId, disabledAt: null }))
  if (identity && !user) throw new Refused('Expected somebody who may sign in here, but you were shut out.')
  const place = invitation === null ? null : await placeOf(em, invitation, now)
  if (user) {
    if (place) await settle(em, user, place, now)
    return user
  }
  const open = team === null ? null : await em.findOne(TeamTable, { slug: team })
  const joined = place ?? (open && { teamId: open.id, role, invitationId: null })
  if (!joined)
    throw new Refused(
      'Expected somebody who was invited, but nobody knows you here. Ask an owner of a team for an invitation.',
    )
  const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
  // An address signs in with a password only where its owner sets one here: it is not taken over from the provider.
  const name = (text(claims.name) ?? text(claims.preferred_username) ?? text(claims.email) ?? 'somebody').slice(0, 100)
  const newcomer = em.create(UserTable, { name, createdAt: now })
  await em.persistAndFlush(newcomer)
  await em.insert(IdentityTable, { issuer, subject, userId: newcomer.id, createdAt: now })
  await settle(em, newcomer, joined, now)
  return newcomer
}

interface Place {
  readonly teamId: number
  readonly role: Provider['role']
  readonly invitationId: number | null
}

async function placeOf(em: EntityManager, secret: string, now: Date): Promise<Place> {
  const good = { secretHash: hashSecret(secret), usedAt: null, revokedAt: null, expiresAt: { $gt: now } }
  const invitation = await em.findOne(InvitationTable, good)
  if (!invitation)
    throw new Refused('Expected an invitation that is still good, but it was used, revoked, or is too old.')
  return { teamId: invitation.teamId, role: invitation.role, invitationId: invitation.id }
}

async function settle(em: EntityManager, user: User, { teamId, role, invitationId }: Place, now: Date): Promise<void> {
  if (await em.findOne(MembershipTable, { teamId, userId: user.id })) return
  await em.insert(MembershipTable, { teamId, userId: user.id, role, since: now })
  if (invitationId !== null)
    await em.nativeUpdate(InvitationTable, { id: invitationId, usedAt: null }, { usedAt: now, usedBy: user.id })
}
