// What a network sees in a picture: its classes, the likeliest first, and the few pixels that it looked at.
import { useEffect, useRef, useState } from 'react'
import { percentText } from '../charts/number-text.js'
import type { ModelFacts, Sight } from './network.js'

/** So many are told at first. */
const FIRST = 5

export function Answers({ sight, facts, backend }: { sight: Sight; facts: ModelFacts; backend: string }) {
  const [all, setAll] = useState(false)
  const { classes } = sight
  const [best] = classes
  const shown = all ? classes : classes.slice(0, FIRST)
  return (
    <>
      <p className="sight" role="status">
        <b>{best!.name}</b> <span className="number">{percentText(best!.probability)}</span>
      </p>
      <ol className="answers number" aria-label="Classes, the likeliest first">
        {shown.map(({ name, probability }) => (
          <li key={name}>
            <span>{name}</span>
            <span className="silhouette-bar" aria-hidden="true">
              <span style={{ width: `${100 * probability}%` }} />
            </span>
            <span>{percentText(probability)}</span>
          </li>
        ))}
      </ol>
      {classes.length > FIRST && (
        <button type="button" className="button button-quiet button-small" onClick={() => setAll(!all)}>
          {all ? 'Only the likeliest' : `All ${classes.length} classes`}
        </button>
      )}
      <div className="seen-square">
        <Square square={sight.square} {...facts} />
        <p className="quiet number">
          What it looked at: {facts.size} × {facts.size} pixels{facts.channels === 1 && ', grey'}.
          <br />
          Computed in this browser ({backend}) in {Math.max(1, Math.round(sight.milliseconds))} ms: the picture went
          nowhere.
        </p>
      </div>
    </>
  )
}

function Square({ square, size, channels }: { square: Uint8ClampedArray } & Pick<ModelFacts, 'size' | 'channels'>) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const image = context.createImageData(size, size)
    for (let i = 0; i < size * size; i++) {
      for (let colour = 0; colour < 3; colour++)
        image.data[4 * i + colour] = square[channels * i + (channels === 1 ? 0 : colour)]!
      image.data[4 * i + 3] = 255
    }
    context.putImageData(image, 0, 0)
  }, [square, size, channels])
  return (
    <canvas ref={canvas} width={size} height={size} role="img" aria-label="The pixels that the network looked at" />
  )
}
