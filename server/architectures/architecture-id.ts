// The global id of an architecture, as in `architecture-0123456789abcdef`: the hash of what all isomorphic cells have in common.
import { createHash } from 'node:crypto'
import { canonicalText } from '@cellboard/schema/canonical-cell'
import type { Genotype } from '@cellboard/schema/genotype'

export const hashOf = (genotype: Genotype): string =>
  createHash('sha256').update(canonicalText(genotype)).digest('hex').slice(0, 16)

export const architectureId = (hash: string): string => `architecture-${hash}`

/** The hash in a global id, or null where it is no architecture's. */
export const parseArchitectureId = (id: string): string | null => /^architecture-([0-9a-f]{16})$/.exec(id)?.[1] ?? null
