// Puts a search into the queue, or one for each of several seeds, as a group.
import { DATASETS } from '@cellboard/schema/datasets'
import type { Method, ResolvedSearchSettings } from '@cellboard/schema/settings'
import { spaceOf } from '@cellboard/schema/space-of'
import type { Context } from '../graphql/context.js'
import type { RunRow } from '../runs/run.table.js'
import { startRuns } from '../runs/start-runs.js'
import { checkInput } from './check-input.js'
import type { GivenSearch } from './search.input.js'

/**
 * The run, or the first of the group.
 * @throws BAD_USER_INPUT with each problem at its field; then nothing is queued
 */
export const startSearch = (
  context: Pick<Context, 'em' | 'house' | 'asker' | 'rights' | 'noted'>,
  input: GivenSearch,
  { seeds, project }: { readonly seeds: readonly number[] | null; readonly project: string | null },
): Promise<RunRow> =>
  startRuns(context, {
    kind: 'search',
    name: input.name,
    seeds,
    project,
    check: (seed) => checkInput({ ...input, ...seed }, context.house.config.dataFolder),
    usualName,
  })

const METHOD_TITLES: Record<Method, string> = { stacnas: 'StacNAS', darts: 'DARTS', random: 'random search' }

const usualName = (settings: ResolvedSearchSettings): string =>
  `${spaceOf(settings).title} on ${DATASETS[settings.dataset].title} by ${METHOD_TITLES[settings.method]}`
