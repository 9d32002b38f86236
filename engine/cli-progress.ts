// The progress of a search or a training for people at a terminal: one live line or, where the output is no terminal, a line an epoch.
import type { EngineEvent } from '@cellboard/schema/events'
import type { EpochSeen, RunSeen } from '@cellboard/schema/progress'

export interface ProgressLine {
  show(seen: RunSeen, event: EngineEvent): void
  /** A line that stays. */
  say(text: string): void
  end(): void
}

/** "8 s", "12 min", "3 h 5 min": as exact as one wants to know it. */
export function timeInWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

/** What a run is at, in one line: stage, epoch, steps, how well it does, how long it still takes. */
export function progressText(seen: RunSeen, loss: number | null): string {
  const left = seen.etaSeconds === null ? '' : `, about ${timeInWords(seen.etaSeconds)} left`
  if (seen.preparing !== null) return `${seen.preparing}${left}`
  const stage = seen.stages.at(-1)
  if (!stage) return 'Beginning'
  const epoch = Math.min(stage.epochs, stage.done.length + 1)
  const last = stage.done.at(-1)
  // Random search has no network of its own whose weights could be counted: its epochs are cells.
  if (stage.parameters === 0) return `Training random cell ${stage.done.length + 1}${left}`
  const place = seen.network ? 'Epoch' : `Stage ${stage.stage}, epoch`
  return [
    `${place} ${epoch} of ${stage.epochs}, step ${seen.step} of ${seen.steps}`,
    ...(loss === null ? [] : [`loss ${loss.toPrecision(4)}`]),
    ...(last ? [accuracyText(last)] : []),
  ]
    .join(', ')
    .concat(left)
}

function accuracyText({ testAccuracy, validationAccuracy, trainAccuracy }: EpochSeen): string {
  if (testAccuracy !== undefined) return `test accuracy ${percent(testAccuracy)}`
  return `accuracy ${percent(validationAccuracy ?? trainAccuracy)}`
}

/** What is worth a line that stays, beside the progress. */
function remark(event: EngineEvent): string | null {
  switch (event.type) {
    case 'started': {
      const { backend, backendNote, resumedFrom } = event
      const resumed = resumedFrom
        ? ` Going on after epoch ${resumedFrom.epoch} of stage ${resumedFrom.stage}, step ${resumedFrom.step}.`
        : ''
      return `Computing with ${backend.name} ${backend.version} on ${backend.device}. ${backendNote}${resumed}`.trim()
    }
    case 'stage-started':
      if (event.parameters === 0)
        return `Random cells in networks of ${event.cells} ${event.cells === 1 ? 'cell' : 'cells'}, ${event.channels} channels.`
      return `Stage ${event.stage}: ${event.cells} ${event.cells === 1 ? 'cell' : 'cells'}, ${event.channels} channels, ${event.parameters.toLocaleString('en')} parameters.`
    case 'operators-clustered':
      return event.origin === 'given'
        ? null
        : `Clusters${event.cell ? ` of ${event.cell} cells` : ''}: ${event.clusters.map(({ operators }) => operators.join(' ')).join(' | ')}.`
    case 'depth-matched':
      return event.origin === 'given' ? null : `Stage ${event.stage} matches the final network at ${event.cells} cells.`
    case 'network-built': {
      const { cells, channels, parameters, multiplyAdds, leftOut } = event
      const network = `Network: ${cells} ${cells === 1 ? 'cell' : 'cells'}, ${channels} channels, ${parameters.toLocaleString('en')} parameters, ${multiplyAdds.toLocaleString('en')} multiply-adds an image.`
      return [network, ...leftOut].join('\n')
    }
    case 'stopped-early':
      if (event.rule === 'patience') return `Stopped after epoch ${event.epoch}. ${event.reason}`
      return `Stage ${event.stage} stopped after epoch ${event.epoch}; epoch ${event.kept} decides. ${event.reason}`
    case 'collapse-measured':
      return event.since === event.epoch ? `Epoch ${event.epoch}, ${event.verdict}: ${event.reasons.join(' ')}` : null
    case 'candidate-trained':
      return `Cell ${event.number}: validation accuracy ${percent(event.validationAccuracy)}${event.best ? ', the best so far' : ''}.`
    default:
      return null
  }
}

export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  let loss: number | null = null
  let live = false
  const clear = () => {
    if (live) stream.write('\r\x1b[K')
    live = false
  }
  return {
    say(text) {
      clear()
      stream.write(`${text}\n`)
    },
    show(seen, event) {
      if (event.type === 'step-finished') loss = event.metrics.loss ?? null
      const stays = remark(event)
      if (stays !== null) this.say(stays)
      if (stream.isTTY) {
        stream.write(`\r\x1b[K${progressText(seen, loss).slice(0, (stream.columns || 80) - 1)}`)
        live = true
      } else if (event.type === 'epoch-finished' || event.type === 'preparing')
        stream.write(`${progressText(seen, loss)}\n`)
    },
    end: clear,
  }
}
