// Whom providers know somebody as, told to themselves.
import { Ctx, Field, FieldResolver, ObjectType, Resolver } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { DateTime } from '../graphql/scalars.js'
import { IdentityTable } from './identity.table.js'
import { Viewer } from './viewer.type.js'

@ObjectType({ description: 'A person as an OpenID Connect provider knows them.' })
export class Identity {
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
    return found.map(({ issuer, subject, createdAt }) => ({ issuer, subject, createdAt }))
  }
}
