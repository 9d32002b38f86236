// What a training would cost before it is started: parameters, multiply-adds, memory, steps and time.
import type { ReactNode } from 'react'
import { countText, durationText, memoryText, shortCountText } from '../charts/number-text.js'

/** Null is what nobody knows before the images are read. */
export interface TrainingCost {
  readonly parameters: number | null
  readonly multiplyAdds: number | null
  readonly steps: number | null
  readonly memoryMB: number | null
  readonly seconds: number | null
  readonly problems: readonly { readonly field: string; readonly message: string }[]
}

interface CostPanelProps {
  /** Null while something is wrong, or the answer is on its way. */
  cost: TrainingCost | null
  wrong: boolean
  trainings: number
  children: ReactNode
}

const known = (value: number | null, text: (value: number) => string, unknown: string) =>
  value === null ? <span className="quiet">{unknown}</span> : text(value)

export function CostPanel({ cost, wrong, trainings, children }: CostPanelProps) {
  return (
    <aside className="card preview" aria-labelledby="preview-title">
      <h2 id="preview-title">Before it starts</h2>
      <div aria-live="polite">
        {cost && !wrong ? (
          <>
            <dl className="figures number">
              <div>
                <dt>Parameters</dt>
                <dd title={cost.parameters === null ? undefined : countText(cost.parameters)}>
                  {known(cost.parameters, shortCountText, 'when images are read')}
                </dd>
              </div>
              <div>
                <dt>Multiply-adds</dt>
                <dd title={cost.multiplyAdds === null ? undefined : countText(cost.multiplyAdds)}>
                  {known(cost.multiplyAdds, shortCountText, 'when images are read')}
                </dd>
              </div>
              <div>
                <dt>Time here</dt>
                <dd>{known(cost.seconds, (seconds) => `about ${durationText(seconds)}`, 'not known yet')}</dd>
              </div>
              <div>
                <dt>Memory</dt>
                <dd>{known(cost.memoryMB, (memory) => `about ${memoryText(memory)}`, 'not known yet')}</dd>
              </div>
              <div>
                <dt>Steps</dt>
                <dd>{known(cost.steps, countText, 'when images are read')}</dd>
              </div>
              {trainings > 1 && (
                <div>
                  <dt>Trainings</dt>
                  <dd>{trainings}, each as above</dd>
                </div>
              )}
            </dl>
            <p className="help">
              Multiply-adds of one image, forward: convolutions and linear layers; a multiplication with its addition
              counts once. Without the auxiliary head.
            </p>
          </>
        ) : (
          <p className="note">{wrong ? 'Correct what is marked to see what it would cost.' : 'Reckoning…'}</p>
        )}
      </div>
      {children}
    </aside>
  )
}
