// Links that work once, sessions that end, and who counts as a stranger.
import type { IncomingHttpHeaders } from 'node:http'
import { expect, test } from 'vitest'
import { openForTest } from '../store/open-for-test.js'
import { rows, type EntityManager } from '../store/orm.js'
import { askerOf } from './asker.js'
import { cookieName, cookieOptions, credentialsOf, isOurName, isSameOrigin } from './identity.js'
import { hashSecret } from './secrets.js'
import { endSession, LINK_LIFETIME, makeSignInLink, SESSION_LIFETIME, signIn } from './sessions.js'

const userOfToken = async (em: EntityManager, token: string, now?: Date) =>
  (await askerOf(em, { bearer: token, shares: [] }, now)).user

const later = (milliseconds: number) => new Date(Date.now() + milliseconds)

test('a link signs in once, and its session holds until it is ended', async () => {
  const { em } = await openForTest()
  const link = await makeSignInLink(em.fork())
  const { token, user } = await signIn(em.fork(), link)
  expect((await userOfToken(em.fork(), token))!.id).toBe(user.id)
  await expect(signIn(em.fork(), link)).rejects.toThrow('not used before')
  await endSession(em.fork(), hashSecret(token))
  expect(await userOfToken(em.fork(), token)).toBeNull()
})

test('of two requests with one link, one signs in', async () => {
  const { em } = await openForTest()
  const link = await makeSignInLink(em.fork())
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => signIn(em.fork(), link)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('links of later starts sign in the same person', async () => {
  const { em } = await openForTest()
  const first = await signIn(em.fork(), await makeSignInLink(em.fork()))
  const second = await signIn(em.fork(), await makeSignInLink(em.fork()))
  expect(second.user.id).toBe(first.user.id)
})

test('a link is void after a day, and once a newer one is printed', async () => {
  const { em } = await openForTest()
  const old = await makeSignInLink(em.fork())
  await expect(signIn(em.fork(), old, '', later(LINK_LIFETIME + 1))).rejects.toThrow('younger than a day')
  await makeSignInLink(em.fork())
  await expect(signIn(em.fork(), old)).rejects.toThrow()
})

test('a session ends by itself', async () => {
  const { em } = await openForTest()
  const { token } = await signIn(em.fork(), await makeSignInLink(em.fork()))
  expect(await userOfToken(em.fork(), token, later(SESSION_LIFETIME - 1000))).not.toBeNull()
  expect(await userOfToken(em.fork(), token, later(SESSION_LIFETIME + 1))).toBeNull()
})

test('the store holds no secret that signs in', async () => {
  const { em } = await openForTest()
  const link = await makeSignInLink(em.fork())
  const { token } = await signIn(em.fork(), link)
  const kept = [
    ...(await rows(em.fork(), 'select * from session')),
    ...(await rows(em.fork(), 'select * from sign_in_link')),
  ]
  expect(JSON.stringify(kept)).not.toContain(token)
  expect(JSON.stringify(kept)).not.toContain(link)
})

test('a bearer token goes before the cookie, and neither is taken from something alike', () => {
  const token = 'a'.repeat(43)
  const tokenOf = (headers: IncomingHttpHeaders) => credentialsOf(headers, { publicUrl: null }).bearer
  expect(tokenOf({ authorization: `Bearer ${token}`, cookie: 'cellboard_session=x' })).toBe(token)
  expect(tokenOf({ cookie: `theme=dark; cellboard_session=${token}; a=b` })).toBe(token)
  expect(tokenOf({ cookie: `not_cellboard_session=${token}` })).toBeNull()
  expect(tokenOf({ authorization: `Basic ${token}` })).toBeNull()
})

test('where people come encrypted, only a cookie that this very host set counts', () => {
  const place = { publicUrl: new URL('https://cellboard.example.org') }
  const token = 'a'.repeat(43)
  expect(cookieName('session', place)).toBe('__Host-cellboard_session')
  // Without these browsers drop a cookie of that name.
  expect(cookieOptions(place)).toMatchObject({ secure: true, path: '/', httpOnly: true, sameSite: 'lax' })
  expect(cookieOptions(place)).not.toHaveProperty('domain')
  expect(credentialsOf({ cookie: `__Host-cellboard_session=${token}` }, place).bearer).toBe(token)
  expect(credentialsOf({ cookie: `cellboard_session=${token}` }, place).bearer).toBeNull()
  expect(credentialsOf({ cookie: `__Host-cellboard_session=${token}` }, { publicUrl: null }).bearer).toBeNull()
})

test('pages of other sites and names that only lead here are strangers', () => {
  expect(isSameOrigin({ host: 'localhost:4000', origin: 'http://localhost:4000' })).toBe(true)
  expect(isSameOrigin({ host: 'localhost:4000' })).toBe(true)
  for (const origin of ['http://localhost:4001', 'https://example.org', 'null', 'http://localhost:4000.example.org'])
    expect(isSameOrigin({ host: 'localhost:4000', origin }), origin).toBe(false)
  const loopback = { host: '127.0.0.1', publicUrl: null }
  expect(isOurName({ host: '127.0.0.1:4000' }, loopback)).toBe(true)
  expect(isOurName({ host: 'rebound.example.org:4000' }, loopback)).toBe(false)
  expect(isOurName({ host: 'cellboard.example.org' }, { host: '0.0.0.0', publicUrl: null })).toBe(true)
})

test('behind a proxy only the configured address is ours', () => {
  const publicUrl = new URL('https://cellboard.example.org')
  const origin = publicUrl.origin
  expect(isOurName({ host: 'cellboard.example.org' }, { host: '127.0.0.1', publicUrl })).toBe(true)
  expect(isOurName({ host: 'rebound.example.org' }, { host: '0.0.0.0', publicUrl })).toBe(false)
  expect(isSameOrigin({ host: 'localhost:4000', origin }, publicUrl)).toBe(true)
  expect(isSameOrigin({ host: 'localhost:4000', origin: 'https://example.org' }, publicUrl)).toBe(false)
})
