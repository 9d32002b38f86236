// The way of a search as stations: clusters, stage 1, stage 2, genotype; what is done, where it is, how long that still takes.
import type { SearchSeen } from '@cellboard/schema/progress'
import { isEnded } from '@cellboard/schema/run-state'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { ReactNode } from 'react'
import { countText, durationText, shortCountText } from '../charts/number-text.js'

type Place = 'done' | 'now' | 'ahead' | 'stopped'

interface StationProps {
  title: string
  place: Place
  children: ReactNode
  share?: number
}

const WORDS: Readonly<Record<Place, string>> = { done: 'done', now: 'now', ahead: 'to come', stopped: 'stopped here' }

function Station({ title, place, share, children }: StationProps) {
  return (
    <li className={`station station-${place}`} aria-current={place === 'now' ? 'step' : undefined}>
      <div className="station-head">
        <span className="station-dot" aria-hidden="true" />
        <h3>{title}</h3>
        <span className="station-word">{WORDS[place]}</span>
      </div>
      {share !== undefined && (
        <div className="meter" aria-hidden="true">
          <div style={{ width: `${share * 100}%` }} />
        </div>
      )}
      <div className="station-facts number">{children}</div>
    </li>
  )
}

/** Seconds the present stage still takes, by its last epoch, and never more than the whole search does; null before its first epoch ended. */
function stageSecondsLeft(seen: SearchSeen, stage: SearchSeen['stages'][number]): number | null {
  const last = stage.done.at(-1)
  if (!last) return null
  const stepsLeft = (stage.epochs - stage.done.length) * stage.stepsPerEpoch - Math.max(0, seen.step - last.step)
  return Math.min((last.seconds * Math.max(0, stepsLeft)) / stage.stepsPerEpoch, seen.etaSeconds ?? Infinity)
}

export function StageTrack({ seen, settings }: { seen: SearchSeen; settings: ResolvedSearchSettings }) {
  const ended = isEnded(seen.state)
  const clustered = seen.clusters.length > 0
  const at = seen.genotypeFinal ? 4 : (seen.stages.at(-1)?.stage ?? (clustered ? 1 : 0))
  const place = (station: number): Place =>
    station < at ? 'done' : station > at ? 'ahead' : ended ? 'stopped' : seen.state === 'QUEUED' ? 'ahead' : 'now'
  const stations = ([1, 2] as const).map((number) => {
    const stage = seen.stages.find((one) => one.stage === number)
    const cells = stage?.cells ?? (number === 1 ? settings.stage1Cells : settings.stage2Cells)
    const done = stage?.done.length ?? 0
    const left = stage && !ended && place(number) === 'now' ? stageSecondsLeft(seen, stage) : null
    return (
      <Station key={number} title={`Stage ${number}`} place={place(number)} share={done / settings.epochs}>
        <span>{number === 1 ? 'which cluster' : 'which operator'}</span>
        <span>
          <b>{done}</b> of {settings.epochs} epochs
        </span>
        <span>
          {cells} {settings.space === 'nas-bench-201' ? 'cells a block' : 'cells'},{' '}
          {stage?.channels ?? settings.channels} channels
        </span>
        {stage && (
          <span title={`${countText(stage.parameters)} parameters`}>{shortCountText(stage.parameters)} parameters</span>
        )}
        {left !== null && left > 0 && <span>{durationText(left)} left</span>}
      </Station>
    )
  })
  return (
    <section aria-labelledby="track-title">
      <h2 id="track-title" className="sr-only">
        Stages
      </h2>
      <ol className="track">
        <Station title="Clusters" place={place(0)}>
          {clustered ? (
            <>
              <span>
                <b>{seen.clusters.length}</b> clusters, {seen.clustersOrigin}
              </span>
              <span>of {seen.clusters.flatMap((cluster) => cluster.operators).length} operators</span>
            </>
          ) : (
            <span>which operators are alike</span>
          )}
        </Station>
        {stations}
        <Station title="Genotype" place={at === 4 ? 'done' : 'ahead'}>
          <span>{seen.genotypeFinal ? 'derived' : seen.genotype ? 'so far: see below' : 'the cell that is found'}</span>
        </Station>
      </ol>
    </section>
  )
}
