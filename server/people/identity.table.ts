// Who a person is at an OpenID Connect provider.
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const IdentityTable = defineEntity({
  name: 'Identity',
  tableName: 'identity',
  properties: {
    issuer: p.string().primary(),
    /** The provider's own and lasting name of the person; an address may change hands, this does not. */
    subject: p.string().primary(),
    userId: p.integer().index(),
    createdAt: p.datetime(),
  },
})
export type Identity = InferEntity<typeof IdentityTable>
