// Architectures that runs found or trained, each once: isomorphic cells are one.
import type { Genotype } from '@cellboard/schema/genotype'
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'

export const ArchitectureTable = defineEntity({
  name: 'Architecture',
  tableName: 'architecture',
  properties: {
    /** First 16 hexadecimal digits of the SHA-256 of its canonical form. */
    hash: p.string().primary(),
    /** The cell that stands for all that are isomorphic: see representative.ts. */
    genotype: p.json<Genotype>(),
    createdAt: p.datetime(),
  },
})
export type ArchitectureRow = InferEntity<typeof ArchitectureTable>
