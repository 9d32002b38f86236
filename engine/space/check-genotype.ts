// Holds a genotype against its space: nodes, edges, sources and operators, each fault told with its place.
import type { Genotype, GenotypeCell } from '@cellboard/schema/genotype'
import { OPERATORS } from '@cellboard/schema/operators'
import { nearestNames } from '@cellboard/schema/nearest'
import { spaceOfNetwork, type CellKind } from '@cellboard/schema/spaces'
import { EngineError } from '../errors.js'

/** What a cell of a space file may have at most (schema/space-file.ts), and the edges into one of its nodes. */
const MOST_NODES = 8
const MOST_EDGES = 10

/** Returns the genotype. @throws EngineError BAD_SETTINGS with the place of the first fault */
export function checkGenotype(genotype: Genotype): Genotype {
  const { space, normal, reduction } = genotype
  checkCell(genotype, 'normal', normal)
  const searched = spaceOfNetwork(space).cellKinds.includes('reduction')
  if (searched && !reduction) throw badGenotype(`Expected a reduction cell in space ${space}, but received none.`)
  if (!searched && reduction)
    throw badGenotype(`Expected no reduction cell in space ${space}, whose reductions are fixed, but received one.`)
  if (reduction) {
    checkCell(genotype, 'reduction', reduction)
    if (reduction.length !== normal.length)
      throw badGenotype(
        `Expected as many nodes in the reduction cell as in the normal one (${normal.length}), but received ${reduction.length}.`,
      )
  }
  return genotype
}

function checkCell({ space }: Genotype, kind: CellKind, cell: GenotypeCell): void {
  const { inputs, keep, candidates } = spaceOfNetwork(space)
  if (cell.length === 0 || cell.length > MOST_NODES)
    throw badGenotype(`Expected 1 to ${MOST_NODES} nodes in the ${kind} cell, but received ${cell.length}.`)
  cell.forEach((node, i) => {
    const states = inputs + i
    const place = `node ${i} of the ${kind} cell`
    const most = keep === null ? states : Math.min(states, MOST_EDGES)
    const least = keep === null ? states : 1
    if (node.length < least || node.length > most)
      throw badGenotype(
        `Expected ${least === most ? most : `${least} to ${most}`} edges into ${place}, but received ${node.length}.`,
      )
    node.forEach(({ operator, from }, j) => {
      if (!OPERATORS.includes(operator)) throw unknownOperator(operator, candidates, `${place}, edge ${j}`)
      if (!Number.isSafeInteger(from) || from < 0 || from >= states)
        throw badGenotype(`Expected a source from 0 to ${states - 1} at ${place}, edge ${j}, but received ${from}.`)
      if (keep === null && from !== j)
        throw badGenotype(
          `Expected source ${j} at ${place}, edge ${j}, but received ${from}: every state is read once, in order.`,
        )
    })
  })
}

export const badGenotype = (
  message: string,
  hint = 'Correct the genotype, or give a published name such as DARTS_V2.',
) => new EngineError('BAD_SETTINGS', message, hint)

/** Says where, and which known operators are nearest. */
export function unknownOperator(received: string, known: readonly string[], place: string): EngineError {
  const [first, ...others] = nearestNames(received, known)
  return badGenotype(
    `Expected an operator (${known.join(', ')}) at ${place}, but received '${shorten(received)}'.`,
    `Did you mean ${[first, ...others].join(' or ')}?`,
  )
}

/** What somebody wrote, short enough for a message. */
export const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}...` : text)
