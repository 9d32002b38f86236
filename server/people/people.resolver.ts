// Signing in and out, and who is asking.
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { endSession, signIn } from './sessions.js'
import type { User } from './user.table.js'
import { SignInPayload, Viewer } from './viewer.type.js'

const shown = (user: User): Viewer => ({ id: `user-${user.id}`, name: user.name })

@Resolver()
export class PeopleResolver {
  @Query(() => Viewer, { nullable: true, description: 'Who is asking; null without a session. Open to everyone.' })
  viewer(@Ctx() { asker: { user } }: Context): Viewer | null {
    return user && shown(user)
  }

  @Mutation(() => SignInPayload, {
    description: "Turns a one-time sign-in link's secret into a session, whose token serves as bearer token or cookie.",
  })
  async signIn(@Arg('link', () => String) link: string, @Ctx() context: Context): Promise<SignInPayload> {
    const { em, keepCookie, visitor, noted } = context
    const { token, user } = await signIn(em, link, visitor.program)
    keepCookie('session', token)
    noted.userId = user.id
    return { token, viewer: shown(user) }
  }

  @Mutation(() => Boolean)
  async signOut(@Ctx() { em, asker: { session }, keepCookie, house }: Context): Promise<boolean> {
    if (session) {
      await endSession(em, session)
      house.lines.closeOf(`session:${session}`)
    }
    keepCookie('session', null)
    return true
  }
}
