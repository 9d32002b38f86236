// Makes people, and changes what they sign in with.
import { emailSchema, nameSchema, passwordSchema } from '@cellboard/schema/people'
import type { z } from 'zod'
import { badInput, conflict, type FieldProblem } from '../errors.js'
import type { EntityManager } from '../store/orm.js'
import { hashPassword } from './passwords.js'
import { UserTable, type User } from './user.table.js'

export interface NewPerson {
  readonly name: string
  readonly email: string
  readonly password: string
}

const RULES = { name: nameSchema, email: emailSchema, password: passwordSchema }

/** What was given, by the rules of schema/people.ts. @throws BAD_USER_INPUT with each problem at its field */
export function checked<Key extends keyof typeof RULES>(given: Readonly<Record<Key, string>>): Record<Key, string> {
  const problems: FieldProblem[] = []
  const read = Object.entries<string>(given).map(([key, value]) => {
    const rule: z.ZodType<string> = RULES[key as Key]
    const { data, error } = rule.safeParse(key === 'email' ? value.trim().toLowerCase() : value)
    if (error) problems.push({ path: key, message: error.issues[0]!.message })
    return [key, data]
  })
  if (problems.length > 0) throw badInput(problems.map(({ message }) => message).join(' '), problems)
  return Object.fromEntries(read) as Record<Key, string>
}

/** @throws CONFLICT where somebody else signs in with this address */
export async function claimAddress(em: EntityManager, email: string, userId: number | null): Promise<void> {
  const holder = await em.findOne(UserTable, { email })
  if (holder && holder.id !== userId)
    throw conflict(`Expected an address that nobody signs in with yet, but "${email}" is taken.`)
}

/** @throws BAD_USER_INPUT, CONFLICT */
export async function makePerson(em: EntityManager, given: NewPerson, now = new Date()): Promise<User> {
  const { name, email, password } = checked({ name: given.name, email: given.email, password: given.password })
  await claimAddress(em, email, null)
  const user = em.create(UserTable, { name, email, passwordHash: await hashPassword(password), createdAt: now })
  await em.persistAndFlush(user)
  return user
}
