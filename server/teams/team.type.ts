// Teams, who belongs to them and who is invited, as the API shows them.
import type { Role } from '@cellboard/schema/people'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { PageInfo } from '../graphql/paging.js'
import { DateTime } from '../graphql/scalars.js'
import { RoleEnum } from '../people/people.enums.js'
import { SignInPayload, User } from '../people/viewer.type.js'
import { Node } from '../runs/run.type.js'
import type { InvitationRow, MembershipRow, TeamRow } from './team.table.js'

@ObjectType({ implements: Node, description: 'People who share projects.' })
export class Team extends Node {
  @Field(() => String, { description: 'As it stands in addresses; unique.' })
  slug!: string

  @Field(() => String, { description: 'As people call it; two may have the same.' })
  name!: string

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date
}

@ObjectType({ description: 'That somebody belongs to a team.' })
export class Membership {
  @Field(() => RoleEnum, { description: 'What they may.' })
  role!: Role

  @Field(() => DateTime, { description: 'Since when, in whichever role.' })
  since!: Date
}

@ObjectType({ description: 'One member with its place in the list.' })
export class MembershipEdge {
  @Field(() => String, { description: 'Place in the list.' })
  cursor!: string

  @Field(() => Membership, { description: 'The member.' })
  node!: MembershipRow
}

@ObjectType({ description: 'Members of a team, in the order in which they came.' })
export class MembershipConnection {
  @Field(() => [MembershipEdge], { description: 'One page.' })
  edges!: MembershipEdge[]

  @Field(() => PageInfo, { description: 'What lies beyond it.' })
  pageInfo!: PageInfo

  @Field(() => Int, { description: 'Members in all.' })
  totalCount!: number
}

@ObjectType({ description: 'A link by which one person can join a team.' })
export class Invitation {
  @Field(() => ID, { description: 'As in invitation-1.' })
  id!: string

  @Field(() => RoleEnum, { description: 'The role that it gives.' })
  role!: Role

  @Field(() => String, { description: 'Whom it is meant for, as the inviter wrote it.' })
  note!: string

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date

  @Field(() => DateTime, { description: 'When it ends by itself.' })
  expiresAt!: Date

  @Field(() => User, { nullable: true, description: 'Who joined with it; null as long as nobody has.' })
  usedBy!: User | null
}

@ObjectType({ description: 'An invitation that was made.' })
export class InvitePayload {
  @Field(() => String, { description: 'The address to send to the invited; shown this once.' })
  url!: string

  @Field(() => Invitation, { description: 'What is known of it from now on.' })
  invitation!: InvitationRow
}

@ObjectType({ description: 'What an invitation says to whoever has its link.' })
export class InvitationPreview {
  @Field(() => String, { description: 'Name of the team.' })
  team!: string

  @Field(() => RoleEnum, { description: 'The role that it gives.' })
  role!: Role

  @Field(() => String, { description: 'Who invites.' })
  invitedBy!: string

  @Field(() => DateTime, { description: 'When it ends.' })
  expiresAt!: Date
}

@ObjectType({ description: 'Somebody has joined a team.' })
export class AcceptPayload {
  @Field(() => Team, { description: 'The team.' })
  team!: TeamRow

  @Field(() => SignInPayload, { nullable: true, description: 'The session of a newcomer; null for who was signed in.' })
  session!: SignInPayload | null
}

@ObjectType({ description: 'An account that programs of a team use: only tokens speak for it.' })
export class ServiceAccount {
  @Field(() => User, { description: 'Who it is.' })
  user!: User

  @Field(() => RoleEnum, { description: 'What it may in its team.' })
  role!: Role
}
