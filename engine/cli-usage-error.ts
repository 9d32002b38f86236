// A command line that cannot be understood: exit code 2, and a sentence that helps to write the right one.
import { nearestNames } from '@cellboard/schema/nearest'

export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** "There is no dataset cifar. Did you mean cifar10 or cifar100? Known: ..." */
export function unknownName(what: string, name: string, known: readonly string[]): UsageError {
  const nearest = nearestNames(name, known)
  const meant = nearest.length > 0 ? ` Did you mean ${nearest.join(' or ')}?` : ''
  return new UsageError(`There is no ${what} ${name}.${meant} Known: ${known.join(', ')}.`)
}
