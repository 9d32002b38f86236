// Who is asking, their sessions and their tokens, as the API shows them.
import type { Scope } from '@cellboard/schema/people'
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { DateTime } from '../graphql/scalars.js'
import { ScopeEnum } from './people.enums.js'

@ObjectType({ description: 'A person, or a service account that works for a team.' })
export class User {
  @Field(() => ID, { description: 'As in user-1.' })
  id!: string

  @Field(() => String, { description: 'As they call themselves; two may have the same.' })
  name!: string

  @Field(() => Boolean, { description: 'Whether it is a service account: only tokens speak for it.' })
  service!: boolean
}

@ObjectType({ description: 'Who is asking.' })
export class Viewer {
  @Field(() => ID, { description: 'As in user-1.' })
  id!: string

  @Field(() => String, { description: 'As they call themselves.' })
  name!: string

  @Field(() => String, { nullable: true, description: 'What they sign in with; null until they chose one.' })
  email!: string | null

  @Field(() => Boolean, { description: 'Whether a password was set.' })
  hasPassword!: boolean

  @Field(() => Boolean, { description: 'Whether they signed in themselves; false where a token speaks for them.' })
  bySession!: boolean
}

@ObjectType({ description: 'Where somebody is signed in.' })
export class Session {
  @Field(() => ID, { description: 'As in session-1f0c…; no secret.' })
  id!: string

  @Field(() => String, { description: 'The program that signed in, as it calls itself.' })
  program!: string

  @Field(() => DateTime, { description: 'When it began.' })
  createdAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When it was last used, to a minute.' })
  lastSeenAt!: Date | null

  @Field(() => DateTime, { description: 'When it ends by itself.' })
  expiresAt!: Date

  @Field(() => Boolean, { description: 'Whether it is the one that asks.' })
  current!: boolean
}

@ObjectType({ description: 'A secret that a program asks with. The secret itself is shown once, when it is made.' })
export class Token {
  @Field(() => ID, { description: 'As in token-1.' })
  id!: string

  @Field(() => String, { description: 'What it is for.' })
  name!: string

  @Field(() => String, { description: 'Its first characters, by which to know it again.' })
  beginning!: string

  @Field(() => [ScopeEnum], { description: 'What it may be used for; never more than its holder may.' })
  scopes!: readonly Scope[]

  @Field(() => ID, { nullable: true, description: 'The only project that it sees; null for all that its holder does.' })
  project!: string | null

  @Field(() => User, { description: 'Whom it speaks for.' })
  user!: User

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself; null for never.' })
  expiresAt!: Date | null

  @Field(() => DateTime, { nullable: true, description: 'When it was last used, to a minute.' })
  lastUsedAt!: Date | null

  @Field(() => DateTime, { nullable: true, description: 'Since when it is good for nothing.' })
  revokedAt!: Date | null
}

@ObjectType({ description: 'A fresh session.' })
export class SignInPayload {
  @Field(() => String, {
    description: 'Shown once; send it as `Authorization: Bearer`. Browsers get it as a cookie too.',
  })
  token!: string

  @Field(() => Viewer, { description: 'Who has signed in.' })
  viewer!: Viewer
}

@ObjectType({ description: 'A token that was made.' })
export class CreateTokenPayload {
  @Field(() => String, { description: 'Shown this once; send it as `Authorization: Bearer`.' })
  secret!: string

  @Field(() => Token, { description: 'What is known of it from now on.' })
  token!: Token
}

@InputType({ description: 'A token to make.' })
export class TokenInput {
  @Field(() => String, { description: 'What it is for: 1 to 100 characters.' })
  name!: string

  @Field(() => [ScopeEnum], { description: 'What it may be used for: at least one.' })
  scopes!: Scope[]

  @Field(() => ID, {
    nullable: true,
    description: 'The only project that it sees; all that its holder does when absent.',
  })
  project?: string | null

  @Field(() => Int, { nullable: true, defaultValue: 90, description: 'Days until it ends: 1 to 366.' })
  expiresInDays?: number | null

  @Field(() => ID, { nullable: true, description: 'The service account that it speaks for; the viewer when absent.' })
  serviceAccount?: string | null
}

@InputType({ description: 'What a newcomer signs in with.' })
export class NewPersonInput {
  @Field(() => String, { description: '1 to 100 characters.' })
  name!: string

  @Field(() => String, { description: 'An address like ada@example.org.' })
  email!: string

  @Field(() => String, { description: '12 to 200 characters.' })
  password!: string
}
