// Passkeys (WebAuthn) of people, and the challenges that they are asked to sign.
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const PasskeyTable = defineEntity({
  name: 'Passkey',
  tableName: 'passkey',
  properties: {
    id: p.integer().primary().autoincrement(),
    userId: p.integer().index(),
    name: p.string(),
    /** As the authenticator names it, base64url. */
    credentialId: p.string().unique(),
    /** COSE, base64url. */
    publicKey: p.string(),
    counter: p.integer(),
    transports: p.json<readonly string[]>(),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime().nullable(),
  },
})
export type Passkey = InferEntity<typeof PasskeyTable>
