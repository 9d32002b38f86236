// Passkeys (WebAuthn): what a browser is asked to sign, and whether it did. The private key never leaves its authenticator.
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { badInput, unauthenticated } from '../errors.js'
import type { Context, House } from '../graphql/context.js'
import { Challenges } from './challenges.js'
import { PasskeyTable, type Passkey } from './passkey.table.js'
import { UserTable, type User } from './user.table.js'

interface Asked {
  readonly challenge: string
  /** Whose new passkey it is to be; null for a sign-in. */
  readonly userId: number | null
}

const open = new Challenges<Asked>()

/** A passkey belongs to a name, not to a port. */
const siteOf = ({ address }: Pick<House, 'address'>) => {
  const origin = address()
  return { rpID: new URL(origin).hostname, origin }
}

export interface PasskeyQuestion {
  readonly id: string
  readonly options: object
}

export async function askToSignIn({ house }: Context): Promise<PasskeyQuestion> {
  const options = await generateAuthenticationOptions({ rpID: siteOf(house).rpID, userVerification: 'required' })
  return { id: open.add({ challenge: options.challenge, userId: null }), options }
}

export async function askForNew({ house, em }: Context, user: User): Promise<PasskeyQuestion> {
  const own = await em.find(PasskeyTable, { userId: user.id })
  const options = await generateRegistrationOptions({
    rpName: 'Cellboard',
    rpID: siteOf(house).rpID,
    userName: user.email ?? user.name,
    userDisplayName: user.name,
    userID: new TextEncoder().encode(`user-${user.id}`),
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: own.map(({ credentialId }) => ({ id: credentialId })),
  })
  return { id: open.add({ challenge: options.challenge, userId: user.id }), options }
}

const REFUSED =
  'Expected the answer of a passkey that is known here to what was just asked, but received another. Try again.'

/** @throws BAD_USER_INPUT where the answer is not to what was asked */
export async function addPasskey(
  { house, em }: Context,
  user: User,
  { challenge, response, name }: { readonly challenge: string; readonly response: object; readonly name: string },
): Promise<Passkey> {
  const asked = open.take(challenge)
  if (asked?.userId !== user.id) throw badInput(REFUSED)
  const { rpID, origin } = siteOf(house)
  const verified = await verifyRegistrationResponse({
    response: response as RegistrationResponseJSON,
    expectedChallenge: asked.challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
  }).catch(() => null)
  if (!verified?.verified) throw badInput(REFUSED)
  const { credential } = verified.registrationInfo
  const passkey = em.create(PasskeyTable, {
    userId: user.id,
    name,
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: credential.transports ?? [],
    createdAt: new Date(),
  })
  await em.persistAndFlush(passkey)
  return passkey
}

/** Whose passkey answered. @throws UNAUTHENTICATED */
export async function userOfPasskey(
  { house, em }: Context,
  { challenge, response }: { readonly challenge: string; readonly response: object },
): Promise<User> {
  const asked = open.take(challenge)
  const { id } = response as { readonly id?: unknown }
  const passkey =
    asked?.userId === null && typeof id === 'string' ? await em.findOne(PasskeyTable, { credentialId: id }) : null
  if (!asked || !passkey) throw unauthenticated(REFUSED)
  const { rpID, origin } = siteOf(house)
  const verified = await verifyAuthenticationResponse({
    response: response as AuthenticationResponseJSON,
    expectedChallenge: asked.challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
    },
  }).catch(() => null)
  const user = verified?.verified ? await em.findOne(UserTable, { id: passkey.userId, disabledAt: null }) : null
  if (!verified || !user) throw unauthenticated(REFUSED)
  em.assign(passkey, { counter: verified.authenticationInfo.newCounter, lastUsedAt: new Date() })
  await em.flush()
  return user
}
