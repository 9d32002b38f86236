// Who may do what: roles in a team, scopes of a token, and the rules of names and passwords.
import { z } from 'zod'

/** In a team, each with all that the ones before it may. */
export const ROLES = ['viewer', 'member', 'maintainer', 'owner'] as const
export type Role = (typeof ROLES)[number]

export const ROLE_TEXTS: Readonly<Record<Role, string>> = {
  viewer: 'Sees all of the team: runs, results, boards.',
  member: 'Also starts, stops, tags and puts away runs.',
  maintainer: 'Also makes projects, service accounts and share links, and renames or removes what is not their own.',
  owner: 'Also invites people, gives and takes roles, and reads the audit log.',
}

/** Whether a role is `least` or above. */
export const isAtLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(least)

/** What a token may be used for, besides what its holder may. */
export const SCOPES = ['read', 'log', 'run', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

export const SCOPE_TEXTS: Readonly<Record<Scope, string>> = {
  read: 'Reads what its holder sees.',
  log: 'Writes runs from outside: points, tags, notes.',
  run: 'Starts and stops searches and trainings.',
  admin: 'Changes teams, projects, people and tokens.',
}

/** What a project's things are seen by. */
export const VISIBILITIES = ['private', 'public'] as const
export type Visibility = (typeof VISIBILITIES)[number]

/** As it stands in an address: `vision-lab`. */
export const slugSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
    'Expected 1 to 40 small letters, digits and dashes, with no dash first or last.',
  )

const named = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'Expected a name, but received an empty one.')
    .max(most, `Expected at most ${most} characters.`)
    // Line breaks and marks that turn the direction of text would let one name look like another.
    .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'Expected a name without control characters.')

export const nameSchema = named(100)

export const emailSchema = z.email('Expected an address like ada@example.org.').max(200)

/** As NIST SP 800-63B (5.1.1.2) has it: length counts, no rules of which characters. */
export const passwordSchema = z
  .string()
  .min(12, 'Expected a password of at least 12 characters.')
  .max(200, 'Expected a password of at most 200 characters.')
