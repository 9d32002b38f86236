// The epochs in numbers: what the charts show, for screen readers and for those who want the digits.
import type { StageSeen } from '@cellboard/schema/progress'
import { durationText, numberText, percentText } from '../charts/number-text.js'

/** @param random each row is a cell that was trained, not an epoch of a stage */
export function EpochTable({ stages, random }: { stages: readonly StageSeen[]; random: boolean }) {
  const rows = stages.flatMap((stage) => stage.done.map((epoch) => ({ stage: stage.stage, ...epoch })))
  if (rows.length === 0) return <p className="note">{random ? 'No cell is trained yet.' : 'No epoch has ended yet.'}</p>
  const measured = rows.some((row) => row.validationLoss !== undefined)
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="Table of epochs">
      <table className="table number">
        <thead>
          <tr>
            {!random && <th scope="col">Stage</th>}
            <th scope="col">{random ? 'Cell' : 'Epoch'}</th>
            <th scope="col">Step</th>
            <th scope="col">Loss</th>
            <th scope="col">Accuracy</th>
            {measured && <th scope="col">Validation loss</th>}
            {measured && <th scope="col">Validation accuracy</th>}
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.stage}-${row.epoch}`}>
              {!random && <td>{row.stage}</td>}
              <td>{row.epoch}</td>
              <td>{row.step}</td>
              <td>{numberText(row.trainLoss)}</td>
              <td>{percentText(row.trainAccuracy)}</td>
              {measured && <td>{row.validationLoss === undefined ? '–' : numberText(row.validationLoss)}</td>}
              {measured && <td>{row.validationAccuracy === undefined ? '–' : percentText(row.validationAccuracy)}</td>}
              <td>{durationText(row.seconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
