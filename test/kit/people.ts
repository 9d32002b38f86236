// People of a test: they join by invitations, as people do.
import { clientWith, send, type Client } from './client.js'

export const PASSWORD = 'a long and secret phrase'

export type RoleName = 'VIEWER' | 'MEMBER' | 'MAINTAINER' | 'OWNER'

/** Invites somebody into a team and joins as them. */
export async function join(
  owner: Client,
  {
    team = 'team-1',
    role = 'MEMBER',
    name = role.toLowerCase(),
  }: { team?: string; role?: RoleName; name?: string } = {},
): Promise<Client & { readonly id: string; readonly email: string }> {
  const { invite } = await owner.ask<{ invite: { url: string } }>(
    'mutation ($team: ID!, $role: Role!) { invite(team: $team, role: $role) { url } }',
    { team, role },
  )
  const email = `${name.replace(/\W/g, '')}-${Math.random().toString(36).slice(2)}@example.org`
  const { data, errors } = await send<{ acceptInvitation: { session: { token: string; viewer: { id: string } } } }>(
    owner.address,
    `mutation ($secret: String!, $person: NewPersonInput) {
      acceptInvitation(secret: $secret, person: $person) { session { token viewer { id } } }
    }`,
    { secret: invite.url.split('/').at(-1), person: { name, email, password: PASSWORD } },
  )
  if (!data) throw new Error(errors?.[0]?.message)
  const { token, viewer } = data.acceptInvitation.session
  return { ...clientWith(owner.address, token), id: viewer.id, email }
}

/** A second team, owned by whoever asks. */
export async function makeTeam(owner: Client, slug: string): Promise<{ id: string; project: string }> {
  const { createTeam } = await owner.ask<{ createTeam: { id: string; projects: { id: string }[] } }>(
    'mutation ($slug: String!) { createTeam(slug: $slug, name: $slug) { id projects { id } } }',
    { slug },
  )
  return { id: createTeam.id, project: createTeam.projects[0]!.id }
}

export interface TokenWish {
  readonly scopes?: readonly string[]
  readonly project?: string | null
  readonly serviceAccount?: string | null
  readonly expiresInDays?: number
}

export async function makeToken(owner: Client, wish: TokenWish = {}): Promise<Client & { readonly id: string }> {
  const { createToken } = await owner.ask<{ createToken: { secret: string; token: { id: string } } }>(
    'mutation ($input: TokenInput!) { createToken(input: $input) { secret token { id } } }',
    { input: { name: 'a token', scopes: ['READ'], ...wish } },
  )
  return { ...clientWith(owner.address, createToken.secret), id: createToken.token.id }
}

export async function share(owner: Client, subject: string): Promise<{ secret: string; id: string }> {
  const { createShareLink } = await owner.ask<{ createShareLink: { url: string; link: { id: string } } }>(
    'mutation ($subject: ID!) { createShareLink(subject: $subject) { url link { id } } }',
    { subject },
  )
  return { secret: createShareLink.url.split('/').at(-1)!, id: createShareLink.link.id }
}
