// How operators compete: per edge and epoch the winner's hue, stronger the further it is ahead, and all shares of one epoch as bars.
import { OPERATORS } from '@cellboard/schema/operators'
import type { RunSeen, StageSeen } from '@cellboard/schema/progress'
import type { StageNumber } from '@cellboard/schema/events'
import type { CellKind } from '@cellboard/schema/spaces'
import { useCallback, useState } from 'react'
import { HeatMap, type HeatPlace } from '../charts/heat-map.js'
import { percentText } from '../charts/number-text.js'
import { edgeText, type Wiring } from '@cellboard/schema/edge-text'
import { OperatorLegend, operatorLook } from '../cell/operator-chip.js'
import { ShareBars } from './share-bars.js'

const winnerOf = (shares: readonly number[]) => shares.reduce((best, share, i) => (share > shares[best]! ? i : best), 0)

/** The largest share of any edge so far: what counts as full strength. */
const largestShare = (stage: StageSeen) =>
  stage.shares.reduce((most, { shares }) => Math.max(most, ...shares.map((edge) => Math.max(...edge))), 0)

export function ShareMap({ seen, wiring }: { seen: RunSeen; wiring: Wiring }) {
  const measured = seen.stages.filter((stage) => stage.shares.length > 0)
  const [picked, setPicked] = useState<StageNumber | null>(null)
  const stage = measured.find((one) => one.stage === picked) ?? measured.at(-1)
  return (
    <section className="card" aria-labelledby="shares-title">
      <div className="card-head">
        <h2 id="shares-title">Operator shares</h2>
        {measured.length > 1 && (
          <div className="segments" role="group" aria-label="Stage">
            {measured.map((one) => (
              <button key={one.stage} type="button" aria-pressed={one === stage} onClick={() => setPicked(one.stage)}>
                Stage {one.stage}
              </button>
            ))}
          </div>
        )}
      </div>
      {stage ? (
        <StageShares key={stage.stage} stage={stage} wiring={wiring} />
      ) : (
        <p className="note">Shares of every edge appear here after the first epoch.</p>
      )}
    </section>
  )
}

function StageShares({ stage, wiring }: { stage: StageSeen; wiring: Wiring }) {
  const filled = stage.shares.length
  // null follows the newest epoch.
  const [epoch, setEpoch] = useState<number | null>(null)
  const column = epoch === null ? filled - 1 : Math.min(epoch, filled - 1)
  const choose = (index: number) => setEpoch(index >= filled - 1 ? null : index)
  const full = largestShare(stage)
  const kinds = [...new Set(stage.edges.map((edge) => edge.cell))]
  const offered = new Set(stage.edges.flatMap((edge) => edge.candidates))
  const operators = OPERATORS.filter((name) => offered.has(name))
  return (
    <>
      <p className="quiet">
        Each row is an edge of the cell, each column an epoch. The hue is the operator that leads: faint while all are
        even, full at the largest share so far ({percentText(full)}).
      </p>
      <OperatorLegend names={operators} />
      <div className={kinds.length > 1 ? 'pair' : 'stack'}>
        {kinds.map((kind) => (
          <KindShares
            key={kind}
            stage={stage}
            kind={kind}
            wiring={wiring}
            column={column}
            full={full}
            onColumn={choose}
          />
        ))}
      </div>
      <label className="slider">
        <span>
          Epoch <b className="number">{stage.shares[column]!.epoch}</b> of {stage.epochs}
          {epoch === null && filled < stage.epochs && <span className="quiet"> (newest)</span>}
        </span>
        <input
          type="range"
          min={0}
          max={Math.max(filled - 1, 1)}
          value={column}
          disabled={filled < 2}
          aria-valuetext={`epoch ${stage.shares[column]!.epoch} of ${stage.epochs}`}
          onChange={(event) => choose(Number(event.target.value))}
        />
      </label>
    </>
  )
}

interface KindSharesProps {
  stage: StageSeen
  kind: CellKind
  wiring: Wiring
  column: number
  full: number
  onColumn: (column: number) => void
}

function KindShares({ stage, kind, wiring, column, full, onColumn }: KindSharesProps) {
  const [row, setRow] = useState(0)
  const { shares } = stage
  const rows = stage.edges.flatMap((edge, index) => (edge.cell === kind ? [{ edge, index }] : []))
  const first = rows[0]!.index
  const cell = useCallback(
    (at: number, epoch: number) => {
      const edge = stage.edges[first + at]!
      const its = shares[epoch]!.shares[first + at]!
      const winner = winnerOf(its)
      const even = 1 / its.length
      const strength = full > even ? Math.max(0, (its[winner]! - even) / (full - even)) : its.length === 1 ? 1 : 0
      return { colour: operatorLook(edge.candidates[winner]!).colour, strength: Math.min(1, strength) }
    },
    [stage.edges, shares, first, full],
  )
  const { edge, index } = rows[row]!
  const here = shares[column]!.shares[index]!
  const told = here
    .map((share, i) => ({ share, label: operatorLook(edge.candidates[i]!).label }))
    .sort((a, b) => b.share - a.share)
    .map(({ share, label }) => `${label} ${percentText(share)}`)
    .join(', ')
  const choose = (place: HeatPlace) => {
    setRow(place.row)
    onColumn(place.column)
  }
  return (
    <div className="kind">
      <h3>{kind === 'normal' ? 'Normal cell' : 'Reduction cell'}</h3>
      <HeatMap
        label={`Operator shares of the ${kind} cell`}
        chosenText={`Edge ${edgeText(wiring, edge)}, epoch ${shares[column]!.epoch}: ${told}`}
        rowLabels={rows.map((one) => edgeText(wiring, one.edge))}
        columns={stage.epochs}
        filled={shares.length}
        cell={cell}
        chosen={{ row, column }}
        onChoose={choose}
      />
      <p className="readout number">
        <b>{edgeText(wiring, edge)}</b> {told}
      </p>
      <ShareBars
        rows={rows.map((one) => ({
          label: edgeText(wiring, one.edge),
          candidates: one.edge.candidates,
          shares: shares[column]!.shares[one.index]!,
        }))}
        epoch={shares[column]!.epoch}
        chosen={row}
        onChoose={setRow}
      />
    </div>
  )
}
