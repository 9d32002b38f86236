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
  viewer(@Ctx() { user }: Context): Viewer | null {
    return user && shown(user)
  }

  @Mutation(() => SignInPayload, {
    description: "Turns a one-time sign-in link's secret into a session, whose token serves as bearer token or cookie.",
  })
  async signIn(@Arg('link', () => String) link: string, @Ctx() { em, keepToken }: Context): Promise<SignInPayload> {
    const { token, user } = await signIn(em, link)
    keepToken(token)
    return { token, viewer: shown(user) }
  }

  @Mutation(() => Boolean)
  async signOut(@Ctx() { em, token, keepToken, house }: Context): Promise<boolean> {
    if (token) {
      await endSession(em, token)
      house.lines.closeOf(token)
    }
    keepToken(null)
    return true
  }
}
