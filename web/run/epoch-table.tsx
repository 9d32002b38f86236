// The epochs in numbers: what the charts show, for screen readers and for those who want the digits.
import type { StageSeen } from '@cellboard/schema/progress'
import { durationText, numberText, percentText } from '../charts/number-text.js'

const known = (value: number | undefined, text: (value: number) => string) => (value === undefined ? '–' : text(value))

interface EpochTableProps {
  stages: readonly StageSeen[]
  /** What a row is: an epoch of a stage, a cell that was trained, or an epoch of a training. */
  of: 'stages' | 'cells' | 'training'
}

export function EpochTable({ stages, of }: EpochTableProps) {
  const random = of === 'cells'
  const rows = stages.flatMap((stage) => stage.done.map((epoch) => ({ stage: stage.stage, ...epoch })))
  if (rows.length === 0) return <p className="note">{random ? 'No cell is trained yet.' : 'No epoch has ended yet.'}</p>
  const measured = rows.some((row) => row.validationLoss !== undefined)
  const tested = rows.some((row) => row.testLoss !== undefined)
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="Table of epochs">
      <table className="table number">
        <thead>
          <tr>
            {of === 'stages' && <th scope="col">Stage</th>}
            <th scope="col">{random ? 'Cell' : 'Epoch'}</th>
            <th scope="col">Step</th>
            <th scope="col">Loss</th>
            <th scope="col">Accuracy</th>
            {measured && <th scope="col">Validation loss</th>}
            {measured && <th scope="col">Validation accuracy</th>}
            {tested && <th scope="col">Test loss</th>}
            {tested && <th scope="col">Test accuracy</th>}
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.stage}-${row.epoch}`}>
              {of === 'stages' && <td>{row.stage}</td>}
              <td>{row.epoch}</td>
              <td>{row.step}</td>
              <td>{numberText(row.trainLoss)}</td>
              <td>{percentText(row.trainAccuracy)}</td>
              {measured && <td>{known(row.validationLoss, numberText)}</td>}
              {measured && <td>{known(row.validationAccuracy, percentText)}</td>}
              {tested && <td>{known(row.testLoss, numberText)}</td>}
              {tested && <td>{known(row.testAccuracy, percentText)}</td>}
              <td>{durationText(row.seconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
