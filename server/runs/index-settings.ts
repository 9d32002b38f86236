// Writes a run's settings down one by one, as lists of runs are filtered and ordered by them.
import { insertRows, type EntityManager } from '../store/orm.js'
import type { RunRow } from './run.table.js'

type Cells = readonly [runId: number, name: string, number: number | null, text: string | null]

/** Numbers and truth values as numbers, texts as texts; lists and what is absent are left out. */
export const indexSettings = (em: EntityManager, { id, settings }: Pick<RunRow, 'id' | 'settings'>): Promise<void> =>
  insertRows(
    em,
    'run_setting',
    ['run_id', 'name', 'number', 'text'],
    Object.entries(settings).flatMap(([name, value]: [string, unknown]): Cells[] => {
      if (typeof value === 'number' || typeof value === 'boolean') return [[id, name, Number(value), null]]
      return typeof value === 'string' ? [[id, name, null, value]] : []
    }),
  )
