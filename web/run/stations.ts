// The way of a search as stations, by its method and settings: which there are, which are behind it and which it is at.
import type { StageNumber } from '@cellboard/schema/events'
import type { RunSeen } from '@cellboard/schema/progress'
import { isEnded } from '@cellboard/schema/run-state'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'

export type Place = 'done' | 'now' | 'ahead' | 'stopped'

export type Station = { readonly place: Place } & (
  { readonly kind: 'clusters' | 'candidates' | 'genotype' } | { readonly kind: 'stage'; readonly stage: StageNumber }
)

type Ahead = Station extends infer One ? (One extends Station ? Omit<One, 'place'> : never) : never

function stationsOf({ method, clustering, zeroAttention }: ResolvedSearchSettings): Ahead[] {
  const stage = (number: StageNumber): Ahead => ({ kind: 'stage', stage: number })
  const weighing = zeroAttention ? [stage(3)] : []
  if (method === 'random') return [{ kind: 'candidates' }, { kind: 'genotype' }]
  if (method === 'darts') return [stage(1), ...weighing, { kind: 'genotype' }]
  return [
    ...(clustering === 'given' ? [] : [stage(0)]),
    { kind: 'clusters' },
    stage(1),
    stage(2),
    ...weighing,
    { kind: 'genotype' },
  ]
}

function isDone(station: Ahead, seen: RunSeen, settings: ResolvedSearchSettings): boolean {
  switch (station.kind) {
    case 'clusters':
      return seen.clusterings.length > 0
    case 'candidates':
      return seen.candidates.length >= settings.samples
    case 'genotype':
      return seen.genotypeFinal
    case 'stage': {
      const stage = seen.stages.find((one) => one.stage === station.stage)
      if (!stage) return false
      return stage.done.length >= stage.epochs || seen.stops.some((stop) => stop.stage === station.stage)
    }
  }
}

/** What a later station has reached is behind all before it; the first that is not done is where the search is, or stopped. */
export function stations(seen: RunSeen, settings: ResolvedSearchSettings): Station[] {
  const all = stationsOf(settings)
  const reached = all.findLastIndex(
    (station) =>
      isDone(station, seen, settings) ||
      (station.kind === 'stage' && seen.stages.some((one) => one.stage === station.stage)),
  )
  const at = reached < 0 ? 0 : isDone(all[reached]!, seen, settings) ? reached + 1 : reached
  const here: Place = isEnded(seen.state) ? 'stopped' : seen.state === 'QUEUED' ? 'ahead' : 'now'
  return all.map((station, i): Station => ({ ...station, place: i < at ? 'done' : i > at ? 'ahead' : here }))
}
