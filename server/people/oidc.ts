// Signing in at an OpenID Connect provider: authorisation code with PKCE, state and nonce. Who comes back is known by the provider's
// lasting name of them (issuer and subject), never by an address alone.
import type { Express, Request, Response } from 'express'
import type { Logger } from 'pino'
import * as client from 'openid-client'
import { appendAudit, noteRefusedSignIn } from '../audit/audit.js'
import type { Config } from '../config.js'
import type { House } from '../graphql/context.js'
import { currentScope } from '../graphql/scope.js'
import type { EntityManager } from '../store/orm.js'
import { InvitationTable, MembershipTable, TeamTable } from '../teams/team.table.js'
import { Challenges } from './challenges.js'
import { IdentityTable } from './identity.table.js'
import { askerOf } from './asker.js'
import { cookieName, cookieOptions, credentialsOf } from './identity.js'
import { linkIdentity, takeWish, type LinkWish } from './link-identity.js'
import { hashSecret } from './secrets.js'
import { beginSession } from './sessions.js'
import { UserTable, type User } from './user.table.js'

export const OIDC_PATH = '/sign-in/oidc'

interface Asked {
  readonly verifier: string
  readonly nonce: string
  /** Secret of an invitation that brings somebody who is not known yet. */
  readonly invitation: string | null
  /** The account that they are signed in to, and that they want to link; null for a sign-in. */
  readonly link: LinkWish | null
  /** The hash of the cookie of the browser that was sent away: no other may come back in its place. */
  readonly browser: string
}

/** Why somebody is not let in, or not linked; told on the page. */
class Refused extends Error {
  constructor(
    message: string,
    readonly page = '/sign-in',
  ) {
    super(message)
  }
}

const SPENT = 'Expected an invitation that is still good, but it was used, revoked, or is too old.'

const ACCOUNT = '/account'

const BROWSER_COOKIE = 'cellboard_oidc'

export function serveOidc(app: Express, { config, store, address, visitors, lines }: House, log: Logger): void {
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
  const cookie = cookieOptions(config)
  /** Only the session that asked for it may link. */
  const checkWish = async ({ headers }: Request, wish: LinkWish | null) => {
    const { session } = await askerOf(store.em.fork(), credentialsOf(headers, config))
    if (wish === null || session !== wish.session)
      throw new Refused('Expected to be asked for on your account page, within five minutes. Try again there.', ACCOUNT)
  }

  app.get(
    OIDC_PATH,
    guarded(log, async (request, response) => {
      const often = visitors.refuseOften('signInsPerAddress', visitors.addressOf(request))
      if (often) throw new Refused(often.message)
      const asked = {
        verifier: client.randomPKCECodeVerifier(),
        nonce: client.randomNonce(),
        browser: client.randomState(),
      }
      const { invitation, link: wish } = request.query
      const link = typeof wish === 'string' ? takeWish(wish) : null
      if (wish !== undefined) await checkWish(request, link)
      const state = open.add({
        ...asked,
        browser: hashSecret(asked.browser),
        invitation: typeof invitation === 'string' ? invitation : null,
        link,
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
      const requestId = currentScope()?.requestId ?? ''
      if (asked.link) {
        await checkWish(request, asked.link)
        const why = await linkIdentity(em, asked.link, claims)
        if (why) throw new Refused(why, ACCOUNT)
        await appendAudit(em, { action: 'linkIdentity', userId: asked.link.userId, requestId })
        response.clearCookie(BROWSER_COOKIE, { ...cookie, path: OIDC_PATH, maxAge: undefined })
        return response.redirect(ACCOUNT)
      }
      const { user, joined } = await em
        .transactional((em) => userOf(em, oidc, claims, asked.invitation))
        .catch(async (error: unknown) => {
          await noteRefusedSignIn(store.em, 'provider', { requestId })
          throw error
        })
      if (joined !== null) lines.askAgain(`user:${user.id}`)
      const token = await beginSession(em, user, request.headers['user-agent'] ?? '')
      await appendAudit(em, { action: 'signInWithProvider', userId: user.id, teamId: joined, requestId })
      response.clearCookie(BROWSER_COOKIE, { ...cookie, path: OIDC_PATH, maxAge: undefined })
      response.cookie(cookieName('session', config), token, cookie)
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
      const page = error instanceof Refused ? error.page : '/sign-in'
      response.redirect(`${page}?problem=${encodeURIComponent(why)}`)
    })
  }

interface Arrived {
  readonly user: User
  /** The team that they have just joined. */
  readonly joined: number | null
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
): Promise<Arrived> {
  const now = new Date()
  const { iss: issuer, sub: subject } = claims
  const identity = await em.findOne(IdentityTable, { issuer, subject })
  const user = identity && (await em.findOne(UserTable, { id: identity.userId, disabledAt: null }))
  if (identity && !user) throw new Refused('Expected somebody who may sign in here, but you were shut out.')
  const place = invitation === null ? null : await placeOf(em, invitation, now)
  if (user) {
    return { user, joined: place && (await settle(em, user, place, now)) }
  }
  const open = team === null ? null : await em.findOne(TeamTable, { slug: team })
  const entrance = place ?? (open && { teamId: open.id, role, invitationId: null })
  if (!entrance)
    throw new Refused(
      'Expected somebody who was invited, but nobody knows you here. Ask an owner of a team for an invitation.',
    )
  const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
  // An address signs in with a password only where its owner sets one here: it is not taken over from the provider.
  const name = (text(claims.name) ?? text(claims.preferred_username) ?? text(claims.email) ?? 'somebody').slice(0, 100)
  const newcomer = em.create(UserTable, { name, createdAt: now })
  await em.persistAndFlush(newcomer)
  await em.insert(IdentityTable, { issuer, subject, userId: newcomer.id, createdAt: now })
  return { user: newcomer, joined: await settle(em, newcomer, entrance, now) }
}

interface Place {
  readonly teamId: number
  readonly role: Provider['role']
  readonly invitationId: number | null
}

async function placeOf(em: EntityManager, secret: string, now: Date): Promise<Place> {
  const good = { secretHash: hashSecret(secret), usedAt: null, revokedAt: null, expiresAt: { $gt: now } }
  const invitation = await em.findOne(InvitationTable, good)
  if (!invitation) throw new Refused(SPENT)
  return { teamId: invitation.teamId, role: invitation.role, invitationId: invitation.id }
}

/** The team, where they were not in it before. */
async function settle(
  em: EntityManager,
  { id: userId }: User,
  { teamId, role, invitationId: id }: Place,
  now: Date,
): Promise<number | null> {
  if (await em.findOne(MembershipTable, { teamId, userId })) return null
  // One conditional update decides: of two who come with one invitation, one finds nothing left to use.
  const used = { usedAt: now, usedBy: userId }
  if (id !== null && (await em.nativeUpdate(InvitationTable, { id, usedAt: null, revokedAt: null }, used)) !== 1)
    throw new Refused(SPENT)
  await em.insert(MembershipTable, { teamId, userId, role, since: now })
  return teamId
}
