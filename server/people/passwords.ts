// Passwords as Argon2id hashes, and checks that take as long for an unknown address as for a known one.
import { hash, parseOptions, verify } from '@node-rs/argon2'

/** 19 MiB, two passes, one lane: what OWASP's password storage cheat sheet names first for Argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

/** Whether a hash cost less than one made today: then it is made anew when its password is next at hand. */
export function isDated(passwordHash: string): boolean {
  const { memoryCost, timeCost } = parseOptions(passwordHash)
  return memoryCost < COST.memoryCost || timeCost < COST.timeCost
}

/** Some hash to check against where there is none, so that the time tells nothing. */
let nobodys: Promise<string> | undefined

export async function isPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  nobodys ??= hashPassword('a password that nobody has')
  const matches = await verify(passwordHash ?? (await nobodys), password)
  return matches && passwordHash != null
}
