// What a training came to: test accuracy after its last epoch, the best epoch for what it is, and the network's size.
import type { RunSeen } from '@cellboard/schema/progress'
import { Link } from 'react-router'
import { countText, numberText, percentText, shortCountText } from '../charts/number-text.js'

interface ResultCardProps {
  seen: RunSeen
  /** Where one tries the network; null while there is none. */
  usePath: string | null
}

export function ResultCard({ seen, usePath }: ResultCardProps) {
  const { test, network } = seen
  const done = seen.stages[0]?.done ?? []
  const latest = done.findLast((epoch) => epoch.testAccuracy !== undefined)
  const stop = seen.stops.at(-1)
  return (
    <section className="card result" aria-labelledby="result-title">
      <div className="result-main">
        <h2 id="result-title">Test accuracy</h2>
        {test ? (
          <>
            <p className="result-figure number">{percentText(test.accuracy, 2)}</p>
            <p className="quiet">
              after the last epoch ({test.epoch}), on {countText(test.images)} images · loss {numberText(test.loss)}
            </p>
            <p className="result-best">
              Best epoch: {percentText(test.best.accuracy, 2)} in epoch {test.best.epoch}{' '}
              <span className="quiet">– chosen by the test images, so no estimate of anything</span>
            </p>
          </>
        ) : (
          <>
            <p className="result-figure result-figure-open number">
              {latest ? percentText(latest.testAccuracy ?? NaN, 2) : '–'}
            </p>
            <p className="quiet">
              {latest ? `after epoch ${latest.epoch}; not the last one yet` : 'measured after an epoch'}
            </p>
          </>
        )}
        {stop && (
          <p className="quiet">
            Ended after epoch {stop.epoch}: {stop.reason}
          </p>
        )}
      </div>
      <dl className="figures number">
        <div>
          <dt>Epochs</dt>
          <dd>
            {done.length} of {seen.stages[0]?.epochs ?? '–'}
          </dd>
        </div>
        {network && (
          <>
            <div>
              <dt>Parameters</dt>
              <dd title={countText(network.parameters)}>{shortCountText(network.parameters)}</dd>
            </div>
            <div>
              <dt>Multiply-adds</dt>
              <dd title={`${countText(network.multiplyAdds)} an image, forward`}>
                {shortCountText(network.multiplyAdds)}
              </dd>
            </div>
            <div>
              <dt>Cells × width</dt>
              <dd>
                {network.cells} × {network.channels}
              </dd>
            </div>
            <div>
              <dt>Classes</dt>
              <dd>{network.classNames.length}</dd>
            </div>
          </>
        )}
      </dl>
      {usePath && (
        <Link className="button" to={usePath}>
          Try it on a picture
        </Link>
      )}
    </section>
  )
}
