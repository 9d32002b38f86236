// Signing in and out, who is asking, and what they sign in with.
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver } from 'type-graphql'
import { noteRefusedSignIn } from '../audit/audit.js'
import { badInput, notFound, unauthenticated } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { hashPassword, isDated, isPassword } from './passwords.js'
import { checked, claimAddress } from './person.js'
import { SessionTable } from './session.table.js'
import { beginSession, endSession, signIn } from './sessions.js'
import { sessionId, shownSession, shownViewer } from './shown.js'
import { TokenTable } from './token.table.js'
import { UserTable, type User as UserRow } from './user.table.js'
import { Session, SignInPayload, Viewer } from './viewer.type.js'

/** Begins a session for somebody who has shown who they are. */
export async function welcome(context: Context, user: UserRow): Promise<SignInPayload> {
  const token = await beginSession(context.em, user, context.visitor.program)
  return greet(context, user, token)
}

function greet({ keepCookie, noted }: Context, user: UserRow, token: string): SignInPayload {
  keepCookie('session', token)
  noted.userId = user.id
  return { token, viewer: shownViewer(user, true) }
}

/** @throws RATE_LIMITED where too much was tried from one address, or for one account */
export function tryToSignIn({ house, visitor }: Context, account?: string): void {
  const often =
    house.visitors.refuseOften('signInsPerAddress', visitor.address) ??
    (account === undefined ? null : house.visitors.refuseOften('signInsPerAccount', account))
  if (often) throw often
}

@Resolver(() => Viewer)
export class PeopleResolver {
  @Query(() => Viewer, {
    nullable: true,
    description: 'Who is asking; null without a session or token. Open to everyone.',
  })
  viewer(@Ctx() { asker: { user, session } }: Context): Viewer | null {
    return user && shownViewer(user, session !== null)
  }

  @Mutation(() => SignInPayload, {
    description: "Turns a one-time sign-in link's secret into a session, whose token serves as bearer token or cookie.",
  })
  async signIn(
    @Arg('link', () => String, { description: 'The secret of the link that the server printed.' }) link: string,
    @Ctx() context: Context,
  ): Promise<SignInPayload> {
    tryToSignIn(context)
    const { em, scope, visitor } = context
    const { token, user } = await signIn(em, link, visitor.program).catch(async (error: unknown) => {
      await noteRefusedSignIn(em, 'link', scope)
      throw error
    })
    return greet(context, user, token)
  }

  @Mutation(() => SignInPayload, {
    description: 'Begins a session. UNAUTHENTICATED alike for a wrong password and an unknown address.',
  })
  async signInWithPassword(
    @Arg('email', () => String, { description: 'The address that was chosen, in letters of any case.' }) email: string,
    @Arg('password', () => String, { description: 'At most 200 characters.' }) password: string,
    @Ctx() context: Context,
  ): Promise<SignInPayload> {
    const [address, given] = [email.trim().toLowerCase().slice(0, 200), password.slice(0, 200)]
    tryToSignIn(context, address)
    const { em, scope } = context
    const user = await em.findOne(UserTable, { email: address, disabledAt: null, serviceOf: null })
    if (!(await isPassword(user?.passwordHash, given)) || !user) {
      await noteRefusedSignIn(em, 'password', { requestId: scope.requestId, userId: user?.id })
      throw unauthenticated('Expected the address and password of somebody who may sign in, but these are not.')
    }
    if (isDated(user.passwordHash!)) {
      em.assign(user, { passwordHash: await hashPassword(given) })
      await em.flush()
    }
    return welcome(context, user)
  }

  @Mutation(() => Boolean, {
    description: 'Ends the session that asks, and forgets share links that were opened in this browser.',
  })
  async signOut(@Ctx() { em, asker: { session }, keepCookie, house }: Context): Promise<boolean> {
    if (session) {
      await endSession(em, session)
      house.lines.closeOf(`session:${session}`)
    }
    keepCookie('session', null)
    keepCookie('shares', null)
    return true
  }

  @FieldResolver(() => [Session], { description: 'Where the viewer is signed in, the last used first; at most 100.' })
  async sessions(@Ctx() { em, asker: { user, session } }: Context): Promise<Session[]> {
    const live = { userId: user!.id, expiresAt: { $gt: new Date() } }
    const found = await em.find(SessionTable, live, { orderBy: { lastSeenAt: 'desc', createdAt: 'desc' }, limit: 100 })
    return found.map((one) => shownSession(one, session))
  }

  @Mutation(() => Boolean, { description: 'Ends one of the own sessions; its open lines close.' })
  async endSession(
    @Arg('id', () => ID, { description: 'As in Viewer.sessions.' }) id: string,
    @Ctx() { em, asker: { user }, house }: Context,
  ): Promise<boolean> {
    const own = await em.find(SessionTable, { userId: user!.id })
    const session = own.find(({ tokenHash }) => sessionId(tokenHash) === id)
    if (!session) throw notFound('a session of yours', id)
    await endSession(em, session.tokenHash)
    house.lines.closeOf(`session:${session.tokenHash}`)
    return true
  }

  @Mutation(() => Viewer, { description: 'Changes the own name and address; what is left out stays.' })
  async setProfile(
    @Arg('name', () => String, { nullable: true, description: '1 to 100 characters.' }) name: string | null,
    @Arg('email', () => String, { nullable: true, description: 'What one signs in with.' }) email: string | null,
    @Ctx() { em, asker, noted }: Context,
  ): Promise<Viewer> {
    const given = checked({ ...(name != null && { name }), ...(email != null && { email }) } as Record<
      'name' | 'email',
      string
    >)
    const user = asker.user!
    if (given.email) await claimAddress(em, given.email, user.id)
    noted.detail = { changed: Object.keys(given) }
    em.assign(user, given)
    await em.flush()
    return shownViewer(user, true)
  }

  @Mutation(() => Boolean, {
    description:
      'Sets the own password and ends all other sessions; with revokeTokens all own tokens too. The present one must be given where there is one.',
  })
  async setPassword(
    @Arg('next', () => String, { description: '12 to 200 characters.' }) next: string,
    @Arg('current', () => String, {
      nullable: true,
      description: 'The present password; not needed where none was set.',
    })
    current: string | null,
    @Arg('revokeTokens', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Whether all own tokens are revoked too, those of service accounts not; their open lines close.',
    })
    revokeTokens: boolean | null,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const { em, asker, house, noted } = context
    const user = asker.user!
    const { password } = checked({ password: next })
    if (user.passwordHash != null) {
      tryToSignIn(context, `user ${user.id}`)
      const message = 'Expected your present password, but received another.'
      if (!(await isPassword(user.passwordHash, current ?? ''))) throw badInput(message, [{ path: 'current', message }])
    }
    em.assign(user, { passwordHash: await hashPassword(password) })
    await em.flush()
    for (const { tokenHash } of await em.find(SessionTable, { userId: user.id, tokenHash: { $ne: asker.session! } })) {
      await endSession(em, tokenHash)
      house.lines.closeOf(`session:${tokenHash}`)
    }
    if (revokeTokens) noted.detail = { tokensRevoked: await revokeAll(context, user) }
    return true
  }
}

async function revokeAll({ em, house }: Context, { id: userId }: UserRow): Promise<number> {
  const live = await em.find(TokenTable, { userId, revokedAt: null })
  for (const token of live) em.assign(token, { revokedAt: new Date() })
  await em.flush()
  for (const { id } of live) house.lines.closeOf(`token:${id}`)
  return live.length
}
