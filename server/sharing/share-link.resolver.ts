// Share links: made by maintainers, opened by anybody who has one, revoked with effect on what is open.
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql'
import { BoardTable } from '../boards/board.table.js'
import { badInput, notFound } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { keyIn, locate, type Kind } from '../permissions/located.js'
import { MOST_SHARES } from '../people/identity.js'
import { tryToSignIn } from '../people/people.resolver.js'
import { hashSecret, newSecret } from '../people/secrets.js'
import { userByKey } from '../people/shown.js'
import { User } from '../people/viewer.type.js'
import { parseGroupId } from '../runs/group-id.js'
import { RunGroupTable } from '../runs/group.table.js'
import { parseRunId } from '../runs/run-id.js'
import { RunTable } from '../runs/run.table.js'
import { Node } from '../runs/run.type.js'
import type { EntityManager } from '../store/orm.js'
import { StudyTable } from '../studies/study.table.js'
import { checkedDays } from '../teams/invitation.resolver.js'
import type { TeamRow } from '../teams/team.table.js'
import { Team } from '../teams/team.type.js'
import { ShareLinkTable, type SharedKind, type ShareLinkRow } from './share-link.table.js'
import { ShareLink, ShareLinkPayload } from './share-link.type.js'

const DAY = 86_400_000
const PREFIX = 'cbs_'

/** What of a global id can be shared. */
function sharedIn(id: string): { kind: SharedKind & Kind; key: number } | null {
  const run = parseRunId(id)
  if (run) return { kind: 'run', key: run.id }
  const [group, study, board] = [parseGroupId(id), keyIn('study', id), keyIn('board', id)]
  if (group !== null) return { kind: 'group', key: group }
  if (board !== null) return { kind: 'board', key: board }
  return study === null ? null : { kind: 'study', key: study }
}

function subjectOf(em: EntityManager, { kind, subjectId }: ShareLinkRow): Promise<object | null> {
  if (kind === 'run') return em.findOne(RunTable, subjectId)
  if (kind === 'group') return em.findOne(RunGroupTable, subjectId)
  return kind === 'study' ? em.findOne(StudyTable, subjectId) : em.findOne(BoardTable, subjectId)
}

@Resolver(() => ShareLink)
export class ShareLinkResolver {
  @Mutation(() => ShareLinkPayload, {
    description:
      'Makes a link that shows one run, group, study or board, with all that belongs to it, to whoever has it, for reading.',
  })
  async createShareLink(
    @Arg('subject', () => ID, {
      description: 'A run, a group of runs, a study or a board, in whose team one is maintainer.',
    })
    id: string,
    @Arg('note', () => String, {
      nullable: true,
      defaultValue: '',
      description: 'Whom it is for; at most 200 characters.',
    })
    note: string | null,
    @Arg('expiresInDays', () => Int, { nullable: true, defaultValue: 30, description: 'Days until it ends: 1 to 365.' })
    expiresInDays: number | null,
    @Ctx() context: Context,
  ): Promise<ShareLinkPayload> {
    const { em, rights, asker, house, noted } = context
    const shared = sharedIn(id)
    const place = shared && (await locate(context, shared.kind, id))
    const teamId = place && (place.teamId ?? rights.teamOfProject(place.projectId))
    const may =
      place?.projectId == null
        ? rights.mayInTeam(teamId ?? 0, 'maintainer')
        : rights.mayInProject(place.projectId, 'maintainer')
    if (!shared || teamId === null || !may) throw notFound('something that you may share', id)
    const secret = `${PREFIX}${newSecret()}`
    const now = new Date()
    const link = em.create(ShareLinkTable, {
      secretHash: hashSecret(secret),
      kind: shared.kind,
      subjectId: shared.key,
      teamId,
      note: (note ?? '').slice(0, 200),
      createdBy: asker.user!.id,
      createdAt: now,
      expiresAt: new Date(+now + checkedDays(expiresInDays ?? 30, 365) * DAY),
    })
    await em.persistAndFlush(link)
    Object.assign(noted, { teamId, subject: `share-${link.id}`, detail: { shows: id, note: link.note } })
    return { url: `${house.address()}/share/${secret}`, link }
  }

  @Mutation(() => ShareLink, {
    description: 'Makes a share link good for nothing, at once: lines that it holds open close.',
  })
  async revokeShareLink(
    @Arg('id', () => ID, { description: 'As in share-1.' }) id: string,
    @Ctx() { em, house, noted }: Context,
  ): Promise<ShareLinkRow> {
    const link = await em.findOneOrFail(ShareLinkTable, keyIn('share', id)!)
    if (!link.revokedAt) em.assign(link, { revokedAt: new Date() })
    await em.flush()
    house.lines.closeOf(`share:${link.id}`)
    Object.assign(noted, { teamId: link.teamId, subject: id })
    return link
  }

  @Mutation(() => Node, {
    description:
      'Opens a share link in this browser, by a cookie, and answers with what it shows. Programs send it as `Authorization: Bearer` instead.',
  })
  async openShareLink(
    @Arg('secret', () => String, { description: 'The last part of the link.' }) secret: string,
    @Ctx() context: Context,
  ): Promise<object> {
    tryToSignIn(context)
    const { em, credentials, keepCookie, rights, noted } = context
    if (!/^[\w-]{20,100}$/.test(secret))
      throw badInput('Expected the last part of a share link, but received something else.')
    const good = { secretHash: hashSecret(secret), revokedAt: null, expiresAt: { $gt: new Date() } }
    const link = await em.findOne(ShareLinkTable, good)
    const subject = link && (await subjectOf(em, link))
    if (!subject) throw notFound('a share link that is still good', '…')
    keepCookie(
      'shares',
      [secret, ...credentials.shares.filter((one) => one !== secret)].slice(0, MOST_SHARES).join('.'),
    )
    rights.share(link.kind, link.subjectId)
    Object.assign(noted, { teamId: link.teamId, subject: `share-${link.id}` })
    return subject
  }

  @FieldResolver(() => ID, { description: 'As in share-1.' })
  id(@Root() { id }: ShareLinkRow): string {
    return `share-${id}`
  }

  @FieldResolver(() => Node, { nullable: true, description: 'What it shows; null once that is gone.' })
  subject(@Root() link: ShareLinkRow, @Ctx() { em }: Context): Promise<object | null> {
    return subjectOf(em, link)
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who made it.' })
  createdBy(@Root() { createdBy }: ShareLinkRow, @Ctx() context: Context): Promise<User | null> {
    return userByKey(context, createdBy)
  }
}

@Resolver(() => Team)
export class ShareLinksOfTeamResolver {
  @FieldResolver(() => [ShareLink], { description: 'Those that are good, the newest first; at most 100.' })
  shareLinks(@Root() team: TeamRow, @Ctx() { em }: Context): Promise<ShareLinkRow[]> {
    const good = { teamId: team.id, revokedAt: null, expiresAt: { $gt: new Date() } }
    return em.find(ShareLinkTable, good, { orderBy: { id: 'desc' }, limit: 100 })
  }
}
