// The way of a search drawn as stations: what is done, where it is, how long that still takes, and where a stage ended early.
import type { StageNumber } from '@cellboard/schema/events'
import type { RunSeen, StageSeen } from '@cellboard/schema/progress'
import { isEnded } from '@cellboard/schema/run-state'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { ReactNode } from 'react'
import { countText, durationText, percentText, shortCountText } from '../charts/number-text.js'
import type { Wiring } from '@cellboard/schema/edge-text'
import { stations, type Place } from './stations.js'

interface StationCardProps {
  title: string
  place: Place
  children: ReactNode
  share?: number
  /** Ended before its last epoch: where its meter stands still for good. */
  early?: boolean
}

const WORDS: Readonly<Record<Place, string>> = { done: 'done', now: 'now', ahead: 'to come', stopped: 'stopped here' }

function StationCard({ title, place, share, early = false, children }: StationCardProps) {
  return (
    <li className={`station station-${place}`} aria-current={place === 'now' ? 'step' : undefined}>
      <div className="station-head">
        <span className="station-dot" aria-hidden="true" />
        <h3>{title}</h3>
        <span className="station-word">{early ? 'early' : WORDS[place]}</span>
      </div>
      {share !== undefined && (
        <div className={`meter${early ? ' meter-early' : ''}`} aria-hidden="true">
          <div style={{ width: `${Math.min(1, share) * 100}%` }} />
        </div>
      )}
      <div className="station-facts number">{children}</div>
    </li>
  )
}

/** Seconds the present stage still takes, by its last epoch, and never more than the whole search does; null before its first epoch ended. */
function stageSecondsLeft(seen: RunSeen, stage: StageSeen): number | null {
  const last = stage.done.at(-1)
  if (!last) return null
  const stepsLeft = (stage.epochs - stage.done.length) * stage.stepsPerEpoch - Math.max(0, seen.step - last.step)
  return Math.min((last.seconds * Math.max(0, stepsLeft)) / stage.stepsPerEpoch, seen.etaSeconds ?? Infinity)
}

interface StageTrackProps {
  seen: RunSeen
  settings: ResolvedSearchSettings
  network: Wiring['network']
}

export function StageTrack({ seen, settings, network }: StageTrackProps) {
  const unit = network === 'nas-bench-201' ? 'cells a block' : 'cells'
  return (
    <section aria-labelledby="track-title">
      <h2 id="track-title" className="sr-only">
        Stages
      </h2>
      <ol className="track">
        {stations(seen, settings).map((station) => {
          if (station.kind === 'stage')
            return (
              <StageStation
                key={station.stage}
                number={station.stage}
                place={station.place}
                seen={seen}
                settings={settings}
                unit={unit}
              />
            )
          if (station.kind === 'clusters')
            return (
              <StationCard key="clusters" title="Clusters" place={station.place}>
                <ClusterFacts seen={seen} measured={settings.clustering !== 'given'} />
              </StationCard>
            )
          if (station.kind === 'candidates')
            return (
              <StationCard
                key="candidates"
                title="Random cells"
                place={station.place}
                share={seen.candidates.length / settings.samples}
              >
                <CandidateFacts seen={seen} settings={settings} unit={unit} />
              </StationCard>
            )
          return (
            <StationCard key="genotype" title="Genotype" place={station.place}>
              <span>
                {seen.genotypeFinal ? 'derived' : seen.genotype ? 'so far: see below' : 'the cell that is found'}
              </span>
            </StationCard>
          )
        })}
      </ol>
    </section>
  )
}

function ClusterFacts({ seen, measured }: { seen: RunSeen; measured: boolean }) {
  if (seen.clusterings.length === 0) return <span>{measured ? 'measured: which operators are alike' : 'as given'}</span>
  return seen.clusterings.map(({ cell, clusters, origin }) => (
    <span key={cell ?? 'both'}>
      <b>{clusters.length}</b> of {clusters.flatMap((cluster) => cluster.operators).length} operators
      {cell ? `, ${cell} cells` : `, ${origin}`}
    </span>
  ))
}

function CandidateFacts({ seen, settings, unit }: { seen: RunSeen; settings: ResolvedSearchSettings; unit: string }) {
  const best = seen.candidates.findLast((candidate) => candidate.best)
  return (
    <>
      <span>
        <b>{seen.candidates.length}</b> of {settings.samples} trained, {settings.epochs} epochs each
      </span>
      <span>
        {settings.stage1Cells} {unit}, {settings.channels} channels
      </span>
      {best && <span>best: {percentText(best.validationAccuracy ?? NaN)}</span>}
    </>
  )
}

const PURPOSES: Readonly<Record<StageNumber, string>> = {
  0: 'all candidates, to measure clusters',
  1: 'which cluster',
  2: 'which operator',
  3: 'weighs each kept operator against none',
}

interface StageStationProps {
  number: StageNumber
  place: Place
  seen: RunSeen
  settings: ResolvedSearchSettings
  unit: string
}

function StageStation({ number, place, seen, settings, unit }: StageStationProps) {
  const stage = seen.stages.find((one) => one.stage === number)
  const stop = seen.stops.find((one) => one.stage === number)
  const depth = seen.depths.find((one) => one.stage === number)
  const single = settings.method === 'darts' && number === 1
  const planned = { 0: settings.clusteringCells, 1: settings.stage1Cells, 2: settings.stage2Cells, 3: undefined }[
    number
  ]
  const epochs = stage?.epochs ?? (number === 0 ? settings.clusteringEpochs : settings.epochs)
  const cells = stage?.cells ?? depth?.cells ?? (settings.depth === 'auto' && number > 0 ? undefined : planned)
  const done = stage?.done.length ?? 0
  const left = stage && !isEnded(seen.state) && place === 'now' ? stageSecondsLeft(seen, stage) : null
  return (
    <StationCard
      title={single ? 'Search' : `Stage ${number}`}
      place={place}
      share={done / epochs}
      early={stop !== undefined}
    >
      <span>{single ? 'all candidates at once' : PURPOSES[number]}</span>
      <span>
        <b>{done}</b> of {epochs} epochs
      </span>
      <span>
        {cells === undefined
          ? settings.depth === 'auto' && number < 3
            ? 'depth to be matched'
            : 'the derived cell'
          : `${cells} ${unit}`}
        {depth?.origin === 'measured' && ', matched'}, {stage?.channels ?? settings.channels} channels
      </span>
      {stage && (
        <span title={`${countText(stage.parameters)} parameters`}>{shortCountText(stage.parameters)} parameters</span>
      )}
      {left !== null && left > 0 && <span>{durationText(left)} left</span>}
      {stop && (
        <span className="station-stop">
          Ended after epoch {stop.epoch}: {stop.reason} {stop.kept !== stop.epoch && `Epoch ${stop.kept} decides.`}
        </span>
      )}
    </StationCard>
  )
}
