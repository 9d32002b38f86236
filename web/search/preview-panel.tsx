// What a search would cost before it is started: parameters and multiply-adds of each stage, memory, steps and time.
import type { SearchSettings } from '@cellboard/schema/settings'
import type { ReactNode } from 'react'
import { countText, durationText, memoryText, shortCountText } from '../charts/number-text.js'

export interface Preview {
  readonly stages: readonly {
    readonly index: number
    readonly cells: number
    readonly channels: number
    readonly parameters: number
    readonly multiplyAdds: number
  }[]
  readonly steps: number
  readonly memoryMB: number
  readonly seconds: number | null
  readonly problems: readonly { readonly field: string; readonly message: string }[]
}

interface PreviewPanelProps {
  preview: Preview | null
  /** The settings as checked here; null while something is wrong. */
  settings: SearchSettings | null
  /** Searches that will be started; what is told is for each. */
  searches: number
  children: ReactNode
}

export function PreviewPanel({ preview, settings, searches, children }: PreviewPanelProps) {
  return (
    <aside className="card preview" aria-labelledby="preview-title">
      <h2 id="preview-title">Before it starts</h2>
      <div aria-live="polite">
        {preview ? (
          <>
            <table className="table number">
              <thead>
                <tr>
                  <th scope="col">
                    <span className="sr-only">Figure</span>
                  </th>
                  {preview.stages.map((stage) => (
                    <th key={stage.index} scope="col">
                      Stage {stage.index}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                <tr>
                  <th scope="row">Cells × width</th>
                  {preview.stages.map((stage) => (
                    <td key={stage.index}>
                      {stage.cells} × {stage.channels}
                    </td>
                  ))}
                </tr>
                <tr>
                  <th scope="row">Parameters</th>
                  {preview.stages.map((stage) => (
                    <td key={stage.index} title={countText(stage.parameters)}>
                      {shortCountText(stage.parameters)}
                    </td>
                  ))}
                </tr>
                <tr>
                  <th scope="row">Multiply-adds</th>
                  {preview.stages.map((stage) => (
                    <td key={stage.index} title={`${countText(stage.multiplyAdds)} an image, forward`}>
                      {shortCountText(stage.multiplyAdds)}
                    </td>
                  ))}
                </tr>
              </tbody>
            </table>
            <dl className="figures number">
              <div>
                <dt>Time here</dt>
                <dd>{preview.seconds === null ? 'not known yet' : `about ${durationText(preview.seconds)}`}</dd>
              </div>
              <div>
                <dt>Memory</dt>
                <dd>about {memoryText(preview.memoryMB)}</dd>
              </div>
              <div>
                <dt>Steps</dt>
                <dd>{countText(preview.steps)}</dd>
              </div>
              {searches > 1 && (
                <div>
                  <dt>Searches</dt>
                  <dd>{searches}, each as above</dd>
                </div>
              )}
            </dl>
          </>
        ) : (
          <p className="note">{settings ? 'Reckoning…' : 'Correct what is marked to see what it would cost.'}</p>
        )}
      </div>
      {children}
    </aside>
  )
}
