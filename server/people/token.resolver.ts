// Tokens: made once, shown once, revoked with effect on what is open.
import { isAtLeast, nameSchema } from '@cellboard/schema/people'
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver } from 'type-graphql'
import { badInput, forbidden, notFound } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { keyIn } from '../permissions/located.js'
import { MembershipTable } from '../teams/team.table.js'
import { hashSecret, newSecret } from './secrets.js'
import { shownToken } from './shown.js'
import { TokenTable, type Token as TokenRow } from './token.table.js'
import { UserTable, type User as UserRow } from './user.table.js'
import { CreateTokenPayload, Token, TokenInput, Viewer } from './viewer.type.js'

const DAY = 86_400_000
/** By which people, and programs that look for secrets in code, know what they have. */
const PREFIX = 'cbt_'

@Resolver(() => Viewer)
export class TokenResolver {
  @FieldResolver(() => [Token], { description: 'The own tokens, the newest first; at most 200.' })
  async tokens(@Ctx() { em, asker }: Context): Promise<Token[]> {
    const user = asker.user!
    const found = await em.find(TokenTable, { userId: user.id }, { orderBy: { id: 'desc' }, limit: 200 })
    return found.map((token) => shownToken(token, user))
  }

  @Mutation(() => CreateTokenPayload, {
    description:
      'Makes a token for oneself, or for a service account of a team in which one is maintainer. Its secret is shown this once.',
  })
  async createToken(
    @Arg('input', () => TokenInput, { description: 'What it is for.' }) input: TokenInput,
    @Ctx() context: Context,
  ): Promise<CreateTokenPayload> {
    const { em, asker, rights, noted } = context
    const name = nameSchema.safeParse(input.name)
    if (!name.success) throw problem('name', name.error.issues[0]!.message)
    const scopes = [...new Set(input.scopes)]
    if (scopes.length === 0) throw problem('scopes', 'Expected at least one scope, but received none.')
    const days = input.expiresInDays ?? 90
    if (days < 1 || days > 366) throw problem('expiresInDays', `Expected 1 to 366 days, but received ${days}.`)
    const holder = await holderOf(context, input.serviceAccount ?? null)
    const projectId = input.project == null ? null : keyIn('project', input.project)
    if (input.project != null && (projectId === null || !rights.seesProject(projectId)))
      throw notFound('a project', input.project)

    const secret = `${PREFIX}${newSecret()}`
    const now = new Date()
    const token = em.create(TokenTable, {
      secretHash: hashSecret(secret),
      beginning: secret.slice(0, PREFIX.length + 4),
      userId: holder.id,
      name: name.data,
      scopes,
      projectId,
      createdBy: asker.user!.id,
      createdAt: now,
      expiresAt: new Date(now.getTime() + days * DAY),
    })
    await em.persistAndFlush(token)
    Object.assign(noted, {
      teamId: holder.serviceOf ?? null,
      subject: `token-${token.id}`,
      detail: { name: token.name, scopes },
    })
    return { secret, token: shownToken(token, holder) }
  }

  @Mutation(() => Token, {
    description:
      'Makes a token good for nothing, at once: lines that it holds open close. Of one that was revoked before, nothing changes.',
  })
  async revokeToken(
    @Arg('id', () => ID, { description: 'As in token-1.' }) id: string,
    @Ctx() context: Context,
  ): Promise<Token> {
    const { em, house, noted } = context
    const [token, holder] = await findToken(context, id)
    if (!token.revokedAt) em.assign(token, { revokedAt: new Date() })
    await em.flush()
    house.lines.closeOf(`token:${token.id}`)
    Object.assign(noted, { teamId: holder.serviceOf ?? null, subject: id, detail: { name: token.name } })
    return shownToken(token, holder)
  }
}

const problem = (path: string, message: string) => badInput(message, [{ path, message }])

/** Oneself, or a service account that one may speak for: in a team where one is maintainer, and with no higher role than one's own. */
async function holderOf({ em, asker, rights }: Context, serviceAccount: string | null): Promise<UserRow> {
  if (serviceAccount === null) return asker.user!
  const key = keyIn('user', serviceAccount)
  const account = key === null ? null : await em.findOne(UserTable, { id: key, disabledAt: null })
  if (!account || account.serviceOf == null || !rights.mayInTeam(account.serviceOf, 'maintainer'))
    throw notFound('a service account', serviceAccount)
  const membership = await em.findOne(MembershipTable, { teamId: account.serviceOf, userId: account.id })
  if (membership && !isAtLeast(rights.teams.get(account.serviceOf)!, membership.role))
    throw forbidden(`Expected the role ${membership.role} or above, for that is what this service account has.`)
  return account
}

async function findToken({ em, asker, rights }: Context, id: string): Promise<[TokenRow, UserRow]> {
  const key = keyIn('token', id)
  const token = key === null ? null : await em.findOne(TokenTable, key)
  const holder = token && (await em.findOne(UserTable, token.userId))
  const own = holder && holder.id === asker.user!.id
  const ofTeam = holder?.serviceOf != null && rights.mayInTeam(holder.serviceOf, 'maintainer')
  if (!token || !holder || !(own || ofTeam)) throw notFound('a token', id)
  return [token, holder]
}
