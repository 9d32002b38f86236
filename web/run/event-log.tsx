// The log of a run, the newest first, folded: number, time, and each event in a sentence.
import type { RunEvent } from '@cellboard/schema/events'
import { useState } from 'react'
import { countText, numberText, percentText } from '../charts/number-text.js'
import type { LoggedEvent } from './live-run.js'

/** JSON brings a NaN as null. */
const measured = (value: number | null) => value ?? NaN

export function eventText(event: RunEvent): string {
  switch (event.type) {
    case 'started':
      return event.resumedFrom
        ? `Taken up again after epoch ${event.resumedFrom.epoch} of stage ${event.resumedFrom.stage}, on ${event.backend.name}`
        : `Started on ${event.backend.name} ${event.backend.version}, ${event.backend.device}`
    case 'preparing':
      return `Preparing: ${event.what}`
    case 'operators-clustered':
      return `${event.clusters.length} clusters of operators, ${event.origin}`
    case 'depth-matched':
      return `Stage ${event.stage} is ${event.cells} cells deep, ${event.origin}`
    case 'stage-started':
      return `Stage ${event.stage} began: ${event.cells} cells, ${event.channels} channels${event.parameters > 0 ? `, ${countText(event.parameters)} parameters` : ''}`
    case 'epoch-finished':
      return `${event.testAccuracy === undefined ? `Stage ${event.stage}, epoch` : 'Epoch'} ${event.epoch}: loss ${numberText(measured(event.trainLoss))}, accuracy ${percentText(measured(event.trainAccuracy))}${event.testAccuracy === undefined ? '' : `, on test images ${percentText(measured(event.testAccuracy))}`}`
    case 'shares-measured':
      return `Stage ${event.stage}, epoch ${event.epoch}: shares of ${event.shares.length} edges measured`
    case 'collapse-measured':
      return `Stage ${event.stage}, epoch ${event.epoch}: ${event.verdict}, ${event.skips} of ${event.edges} edges are skips`
    case 'stopped-early':
      return `Stage ${event.stage} stopped after epoch ${event.epoch}: ${event.reason}`
    case 'candidate-trained':
      return `Cell ${event.number} of ${event.of} trained: validation accuracy ${percentText(measured(event.validationAccuracy))}${event.best ? ', the best so far' : ''}`
    case 'clusters-chosen':
      return `Stage 1 chose a cluster for each of ${event.edges.length} edges`
    case 'genotype-derived':
      return event.final ? 'The genotype is derived' : `Stage ${event.stage}, epoch ${event.epoch}: genotype so far`
    case 'network-built':
      return `Network built: ${event.cells} cells, ${event.channels} channels, ${countText(event.parameters)} parameters`
    case 'test-measured':
      return `Tested on ${countText(event.images)} images: accuracy ${percentText(measured(event.accuracy))}`
    case 'files-written':
      return `${event.files.length} files to take away`
    case 'checkpoint-written':
      return `Checkpoint after epoch ${event.epoch} of stage ${event.stage}, ${countText(Math.ceil(event.bytes / 1024))} KB`
    case 'state-changed':
      return `The run is now ${event.state.toLowerCase()}${event.failure ? `: ${event.failure.message}` : ''}`
    case 'log-line':
      return event.text
  }
}

const PAGE = 50

export function EventLog({ events }: { events: readonly LoggedEvent[] }) {
  const [open, setOpen] = useState(false)
  const [most, setMost] = useState(PAGE)
  const shown = open ? events.slice(-most).reverse() : []
  return (
    <details className="card fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Log <span className="quiet number">({countText(events.length)})</span>
      </summary>
      <ol className="log">
        {shown.map(({ number, time, data }) => (
          <li key={number}>
            <span className="log-number number">{number}</span>
            <time className="number" dateTime={time}>
              {new Date(time).toLocaleTimeString()}
            </time>
            <span>{eventText(data)}</span>
          </li>
        ))}
      </ol>
      {events.length > most && (
        <button type="button" className="button button-quiet button-small" onClick={() => setMost(most + PAGE)}>
          Show older ones
        </button>
      )}
    </details>
  )
}
