// Reads that are asked for one by one and made together: what a list asks of each of its rows costs one statement, not one a row.
import DataLoader from 'dataloader'
import type { EntityManager } from './orm.js'

/** Well below the places that a statement can have. */
const MOST_AT_ONCE = 200

/** Gathers what is asked of one view of the store within a moment. Nothing is remembered: whoever asks again reads again. */
export function batched<Key, Value>(
  read: (em: EntityManager, keys: readonly Key[]) => Promise<readonly Value[]>,
): (em: EntityManager, key: Key) => Promise<Value> {
  const loaders = new WeakMap<EntityManager, DataLoader<Key, Value>>()
  return (em, key) => {
    const known = loaders.get(em)
    const loader =
      known ?? new DataLoader<Key, Value>((keys) => read(em, keys), { cache: false, maxBatchSize: MOST_AT_ONCE })
    if (!known) loaders.set(em, loader)
    return loader.load(key)
  }
}
