// Finds out that a function is not pure: written down twice, it must give the same graph.
import type { NativeBinding } from './native-binding.js'
import type { Attribute, GraphNode } from './saved-model.js'
import { CaptureError, named, typeName } from './capture-error.js'

const REMEDY =
  'What changes from run to run (random numbers, as of tf.randomNormal and tf.dropout, a counter, the time) is frozen into a graph: make it outside and hand it in as an input.'

/** @throws {CaptureError} that names the first operation or constant in which two recordings of one function differ. */
export function refuseDifferences(
  native: NativeBinding,
  first: readonly GraphNode[],
  second: readonly GraphNode[],
): void {
  const at = first.findIndex((node, i) => !second[i] || !alike(node, second[i]))
  if (at < 0 && first.length === second.length) return
  const [before, after] = [first[at], second[at < 0 ? first.length : at]]
  const value = before?.attributes['value']
  const constant = before?.op === 'Const' && after?.op === 'Const' && value?.kind === 'tensor' ? value : null
  const what = constant
    ? `a constant ${named({ dtype: typeName(native, constant.dtype), shape: constant.shape })} has other values each time`
    : `the first run has ${before?.op ?? 'no operation'} where the second has ${after?.op ?? 'none'}${before?.op === after?.op ? ' with other inputs or attributes' : ''}`
  throw new CaptureError(`Expected a pure function, but run twice it does two things: ${what}. ${REMEDY}`)
}

function alike(a: GraphNode, b: GraphNode): boolean {
  const names = Object.keys(a.attributes)
  return (
    a.op === b.op &&
    a.name === b.name &&
    a.inputs.length === b.inputs.length &&
    a.inputs.every((input, i) => input === b.inputs[i]) &&
    names.length === Object.keys(b.attributes).length &&
    names.every((name) => name in b.attributes && same(a.attributes[name]!, b.attributes[name]!))
  )
}

function same(a: Attribute, b: Attribute): boolean {
  if (a.kind === 'tensor' && b.kind === 'tensor')
    return a.dtype === b.dtype && listsAlike(a.shape, b.shape) && Buffer.compare(a.bytes, b.bytes) === 0
  if (a.kind !== b.kind || a.kind === 'tensor' || b.kind === 'tensor') return false
  if (Array.isArray(a.value) && Array.isArray(b.value)) return listsAlike(a.value as number[], b.value as number[])
  return Object.is(a.value, b.value)
}

const listsAlike = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((value, i) => value === b[i])
