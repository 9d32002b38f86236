// Random secrets, and the hashes under which they are kept.
import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, safe in an address. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** A plain hash is enough: a secret of 256 random bits cannot be guessed, so it needs no slow one. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')
