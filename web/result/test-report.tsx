// How a trained network does on the test images, class by class: what it mixes up, and its surest mistakes.
import type { TestMeasured } from '@cellboard/schema/events'
import { useState } from 'react'
import { countText } from '../charts/number-text.js'
import type { HeatPlace } from '../charts/heat-map.js'
import { ConfusionMap } from './confusion-map.js'
import { MixedUp } from './mixed-up.js'
import { Mistakes } from './mistakes.js'
import './result.css'

export function TestReport({ test, classNames }: { test: TestMeasured; classNames: readonly string[] }) {
  const [first] = test.mixedUp
  const [chosen, setChosen] = useState<HeatPlace>({ row: first?.truth ?? 0, column: first?.predicted ?? 0 })
  return (
    <>
      <section className="card" aria-labelledby="confusion-title">
        <div className="card-head">
          <h2 id="confusion-title">What it takes for what</h2>
          <span className="quiet">{countText(test.images)} test images</span>
        </div>
        <div className="confusion-pair">
          {test.confusion ? (
            <ConfusionMap confusion={test.confusion} classNames={classNames} chosen={chosen} onChoose={setChosen} />
          ) : (
            <p className="note">With {countText(classNames.length)} classes a matrix would be too small to read.</p>
          )}
          <div>
            <h3>Mixed up most often</h3>
            <MixedUp pairs={test.mixedUp} classNames={classNames} onChoose={test.confusion ? setChosen : null} />
          </div>
        </div>
      </section>
      {test.mistakes.length > 0 && (
        <section className="card" aria-labelledby="mistakes-title">
          <div className="card-head">
            <h2 id="mistakes-title">Its worst mistakes</h2>
            <span className="quiet">the surest wrong answers first</span>
          </div>
          <Mistakes mistakes={test.mistakes} classNames={classNames} />
        </section>
      )}
    </>
  )
}
