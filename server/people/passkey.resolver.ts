// Passkeys: adding them, signing in with them, taking them away.
import { Arg, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Resolver } from 'type-graphql'
import { noteRefusedSignIn } from '../audit/audit.js'
import { notFound } from '../errors.js'
import { checkedName } from '../graphql/checked-text.js'
import type { Context } from '../graphql/context.js'
import { Json } from '../graphql/json.js'
import { DateTime } from '../graphql/scalars.js'
import { keyIn } from '../permissions/located.js'
import { keepWayIn } from './link-identity.js'
import { PasskeyTable, type Passkey as PasskeyRow } from './passkey.table.js'
import { addPasskey, askForNew, askToSignIn, userOfPasskey, type PasskeyQuestion } from './passkeys.js'
import { tryToSignIn, welcome } from './people.resolver.js'
import { SignInPayload, Viewer } from './viewer.type.js'

@ObjectType({ description: 'A key of a person that their device holds (WebAuthn).' })
export class Passkey {
  @Field(() => ID, { description: 'As in passkey-1.' })
  id!: string

  @Field(() => String, { description: 'As its owner calls it.' })
  name!: string

  @Field(() => DateTime, { description: 'When it was added.' })
  createdAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When somebody last signed in with it.' })
  lastUsedAt!: Date | null
}

@ObjectType({ description: 'What a browser is to sign, once, within five minutes.' })
export class PasskeyChallenge {
  @Field(() => ID, { description: 'Comes back with the answer.' })
  id!: string

  @Field(() => Json, { description: 'Options of navigator.credentials as JSON, as WebAuthn defines them.' })
  options!: object
}

const shown = ({ id, name, createdAt, lastUsedAt }: PasskeyRow): Passkey => ({
  id: `passkey-${id}`,
  name,
  createdAt,
  lastUsedAt: lastUsedAt ?? null,
})

@Resolver(() => Viewer)
export class PasskeyResolver {
  @FieldResolver(() => [Passkey], { description: 'The own passkeys, the newest first; at most 50.' })
  async passkeys(@Ctx() { em, asker }: Context): Promise<Passkey[]> {
    const found = await em.find(PasskeyTable, { userId: asker.user!.id }, { orderBy: { id: 'desc' }, limit: 50 })
    return found.map(shown)
  }

  @Mutation(() => PasskeyChallenge, { description: 'What to sign in order to sign in with a passkey.' })
  askPasskey(@Ctx() context: Context): Promise<PasskeyQuestion> {
    tryToSignIn(context)
    context.noted.quiet = true
    return askToSignIn(context)
  }

  @Mutation(() => SignInPayload, { description: 'Begins a session by what a passkey has signed.' })
  async signInWithPasskey(
    @Arg('challenge', () => ID, { description: 'Of askPasskey.' }) challenge: string,
    @Arg('response', () => Json, { description: "The browser's answer as JSON, as WebAuthn defines it." })
    response: object,
    @Ctx() context: Context,
  ): Promise<SignInPayload> {
    tryToSignIn(context)
    const user = await userOfPasskey(context, { challenge, response }).catch(async (error: unknown) => {
      await noteRefusedSignIn(context.em, 'passkey', context.scope)
      throw error
    })
    return welcome(context, user)
  }

  @Mutation(() => PasskeyChallenge, { description: 'What to sign in order to add a passkey.' })
  askNewPasskey(@Ctx() context: Context): Promise<PasskeyQuestion> {
    context.noted.quiet = true
    return askForNew(context, context.asker.user!)
  }

  @Mutation(() => Passkey, { description: 'Adds a passkey to the own account.' })
  async addPasskey(
    @Arg('challenge', () => ID, { description: 'Of askNewPasskey.' }) challenge: string,
    @Arg('response', () => Json, { description: "The browser's answer as JSON, as WebAuthn defines it." })
    response: object,
    @Arg('name', () => String, { description: '1 to 100 characters.' }) name: string,
    @Ctx() context: Context,
  ): Promise<Passkey> {
    return shown(await addPasskey(context, context.asker.user!, { challenge, response, name: checkedName(name) }))
  }

  @Mutation(() => Boolean, {
    description: 'Takes a passkey away from the own account. CONFLICT where it is the last way to sign in.',
  })
  async removePasskey(
    @Arg('id', () => ID, { description: 'As in passkey-1.' }) id: string,
    @Ctx() { em, asker, house }: Context,
  ): Promise<boolean> {
    const own = { id: keyIn('passkey', id) ?? -1, userId: asker.user!.id }
    await em.transactional(async (em) => {
      if ((await em.nativeDelete(PasskeyTable, own)) !== 1) throw notFound('a passkey of yours', id)
      await keepWayIn(em, asker.user!, house.config)
    })
    return true
  }
}
