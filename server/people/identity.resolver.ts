// Whom providers know somebody as, told to themselves: looked at, linked and unlinked.
import { Arg, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Resolver } from 'type-graphql'
import { conflict, notFound } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { DateTime } from '../graphql/scalars.js'
import { IdentityTable } from './identity.table.js'
import { identityId, keepWayIn, wishForLink } from './link-identity.js'
import { OIDC_PATH } from './oidc.js'
import { Viewer } from './viewer.type.js'

@ObjectType({ description: 'A person as an OpenID Connect provider knows them.' })
export class Identity {
  @Field(() => ID, { description: 'As in identity-1f0c…; no secret.' })
  id!: string

  @Field(() => String, { description: "The provider's address." })
  issuer!: string

  @Field(() => String, { description: "The provider's own and lasting name of the person; rarely one to read." })
  subject!: string

  @Field(() => DateTime, { description: 'When they first came from there.' })
  createdAt!: Date
}

@Resolver(() => Viewer)
export class IdentityResolver {
  @FieldResolver(() => [Identity], { description: 'As whom providers know the viewer, the newest first; at most 20.' })
  async identities(@Ctx() { em, asker }: Context): Promise<Identity[]> {
    const own = { userId: asker.user!.id }
    const found = await em.find(IdentityTable, own, { orderBy: { createdAt: 'desc', subject: 'asc' }, limit: 20 })
    return found.map(({ issuer, subject, createdAt }) => ({
      id: identityId({ issuer, subject }),
      issuer,
      subject,
      createdAt,
    }))
  }

  @Mutation(() => String, {
    description:
      'The address on this server at which the provider is asked who the viewer is there, so that they can sign in so from then on: good once, for five minutes, in the browser whose session asks. CONFLICT where no provider is configured.',
  })
  askIdentity(@Ctx() { asker, house, noted }: Context): string {
    if (!house.config.oidc) throw conflict('Expected a provider to sign in at, but none is configured on this server.')
    noted.quiet = true
    return `${OIDC_PATH}?link=${wishForLink({ userId: asker.user!.id, session: asker.session! })}`
  }

  @Mutation(() => Boolean, {
    description: 'Takes an identity away from the own account. CONFLICT where it is the last way to sign in.',
  })
  async unlinkIdentity(
    @Arg('id', () => ID, { description: 'As in Viewer.identities.' }) id: string,
    @Ctx() { em, asker, house, noted }: Context,
  ): Promise<boolean> {
    const user = asker.user!
    const own = await em.find(IdentityTable, { userId: user.id }, { disableIdentityMap: true })
    const identity = own.find((one) => identityId(one) === id)
    if (!identity) throw notFound('an identity of yours', id)
    const { issuer, subject } = identity
    await em.transactional(async (em) => {
      await em.nativeDelete(IdentityTable, { issuer, subject, userId: user.id })
      await keepWayIn(em, user, house.config)
    })
    noted.detail = { issuer }
    return true
  }
}
