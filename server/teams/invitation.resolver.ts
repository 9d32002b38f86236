// Invitations: a link that lets one person into a team, once.
import type { Role } from '@cellboard/schema/people'
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { badField, badInput, conflict, notFound } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { keyIn } from '../permissions/located.js'
import { RoleEnum } from '../people/people.enums.js'
import { tryToSignIn, welcome } from '../people/people.resolver.js'
import { makePerson } from '../people/person.js'
import { hashSecret, newSecret } from '../people/secrets.js'
import { userByKey } from '../people/shown.js'
import { NewPersonInput, User } from '../people/viewer.type.js'
import { UserTable } from '../people/user.table.js'
import type { EntityManager } from '../store/orm.js'
import { findTeam } from './rules.js'
import { InvitationTable, MembershipTable, TeamTable, type InvitationRow, type TeamRow } from './team.table.js'
import { AcceptPayload, Invitation, InvitationPreview, InvitePayload, Team } from './team.type.js'

const DAY = 86_400_000

/** @throws NOT_FOUND where the link is unknown, used, revoked or too old: which of these is nobody's affair who has no good one */
async function openInvitation(em: EntityManager, secret: string, now: Date): Promise<InvitationRow> {
  const open = { secretHash: hashSecret(secret), usedAt: null, revokedAt: null, expiresAt: { $gt: now } }
  const invitation = await em.findOne(InvitationTable, open)
  if (!invitation) throw notFound('an invitation that is still good', '…')
  return invitation
}

/** @throws BAD_USER_INPUT */
export function checkedDays(days: number, most: number): number {
  if (days >= 1 && days <= most) return days
  throw badField('expiresInDays', `Expected 1 to ${most} days, but received ${days}.`)
}

@Resolver(() => Invitation)
export class InvitationResolver {
  @Query(() => InvitationPreview, { description: 'What an invitation says to whoever has its link. Open to everyone.' })
  async invitation(
    @Arg('secret', () => String, { description: 'The last part of the link.' }) secret: string,
    @Ctx() context: Context,
  ): Promise<InvitationPreview> {
    tryToSignIn(context)
    const { em } = context
    const { teamId, role, createdBy, expiresAt } = await openInvitation(em, secret, new Date())
    const team = await em.findOneOrFail(TeamTable, teamId)
    const inviter = await em.findOne(UserTable, createdBy)
    return { team: team.name, role, invitedBy: inviter?.name ?? 'somebody', expiresAt }
  }

  @Mutation(() => InvitePayload, { description: 'Makes a link by which one person can join a team.' })
  async invite(
    @Arg('team', () => ID, { description: 'The team.' }) id: string,
    @Arg('role', () => RoleEnum, { description: 'The role that it gives.' }) role: Role,
    @Arg('note', () => String, {
      nullable: true,
      defaultValue: '',
      description: 'Whom it is meant for; at most 200 characters.',
    })
    note: string | null,
    @Arg('expiresInDays', () => Int, { nullable: true, defaultValue: 7, description: 'Days until it ends: 1 to 30.' })
    expiresInDays: number | null,
    @Ctx() context: Context,
  ): Promise<InvitePayload> {
    const { em, asker, house, noted } = context
    const team = await findTeam(context, id)
    const now = new Date()
    const secret = newSecret()
    const invitation = em.create(InvitationTable, {
      teamId: team.id,
      role,
      note: (note ?? '').slice(0, 200),
      secretHash: hashSecret(secret),
      createdBy: asker.user!.id,
      createdAt: now,
      expiresAt: new Date(+now + checkedDays(expiresInDays ?? 7, 30) * DAY),
    })
    await em.persistAndFlush(invitation)
    Object.assign(noted, { subject: `invitation-${invitation.id}`, detail: { role, note: invitation.note } })
    return { url: `${house.address()}/invitation/${secret}`, invitation }
  }

  @Mutation(() => Boolean, {
    description: 'Makes an invitation good for nothing. CONFLICT where somebody has joined with it.',
  })
  async revokeInvitation(
    @Arg('id', () => ID, { description: 'As in invitation-1.' }) id: string,
    @Ctx() { em, noted }: Context,
  ): Promise<boolean> {
    const invitation = await em.findOneOrFail(InvitationTable, keyIn('invitation', id)!)
    if (invitation.usedAt)
      throw conflict('Expected an invitation that nobody has used, but somebody has joined with it.')
    em.assign(invitation, { revokedAt: new Date() })
    await em.flush()
    Object.assign(noted, { teamId: invitation.teamId, subject: id })
    return true
  }

  @Mutation(() => AcceptPayload, {
    description: 'Joins a team by an invitation: as who is signed in, or as a newcomer, who is signed in by it.',
  })
  async acceptInvitation(
    @Arg('secret', () => String, { description: 'The last part of the link.' }) secret: string,
    @Arg('person', () => NewPersonInput, {
      nullable: true,
      description: 'Of a newcomer; left out by who is signed in.',
    })
    person: NewPersonInput | null,
    @Ctx() context: Context,
  ): Promise<AcceptPayload> {
    tryToSignIn(context)
    const { asker, house, noted } = context
    if (asker.token)
      throw badInput('Expected a person, but received a token: service accounts are made by maintainers.')
    const now = new Date()
    const joined = await context.em.transactional(async (em) => {
      const { id, teamId, role } = await openInvitation(em, secret, now)
      const user = asker.user ?? (person && (await makePerson(em, person, now)))
      if (!user) throw badInput('Expected a name, an address and a password, but received none. Or sign in first.')
      if (await em.findOne(MembershipTable, { teamId, userId: user.id }))
        throw conflict('Expected somebody who is not in the team yet, but you are.')
      // One conditional update decides: of two that accept at once, one finds nothing left to use.
      const used = { usedAt: now, usedBy: user.id }
      if ((await em.nativeUpdate(InvitationTable, { id, usedAt: null, revokedAt: null }, used)) !== 1)
        throw notFound('an invitation that is still good', '…')
      await em.insert(MembershipTable, { teamId, userId: user.id, role, since: now })
      return { user, teamId, invitation: `invitation-${id}`, role }
    })
    house.lines.askAgain(`user:${joined.user.id}`)
    context.rights.join(joined.teamId, joined.role)
    const session = asker.user ? null : await welcome(context, joined.user)
    Object.assign(noted, {
      teamId: joined.teamId,
      userId: joined.user.id,
      subject: joined.invitation,
      detail: { role: joined.role },
    })
    return { team: await context.em.findOneOrFail(TeamTable, joined.teamId), session }
  }

  @FieldResolver(() => ID, { description: 'As in invitation-1.' })
  id(@Root() { id }: InvitationRow): string {
    return `invitation-${id}`
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who joined with it; null as long as nobody has.' })
  usedBy(@Root() { usedBy }: InvitationRow, @Ctx() context: Context): Promise<User | null> {
    return userByKey(context, usedBy)
  }
}

@Resolver(() => Team)
export class InvitationsOfTeamResolver {
  @FieldResolver(() => [Invitation], {
    description: 'Those that were made and not revoked, the newest first; at most 100.',
  })
  invitations(@Root() team: TeamRow, @Ctx() { em }: Context): Promise<InvitationRow[]> {
    return em.find(InvitationTable, { teamId: team.id, revokedAt: null }, { orderBy: { id: 'desc' }, limit: 100 })
  }
}
