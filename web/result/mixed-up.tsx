// The pairs of classes that are mixed up most often; each is a button that shows its place in the confusion matrix.
import type { TestMeasured } from '@cellboard/schema/events'
import { countText } from '../charts/number-text.js'

interface MixedUpProps {
  pairs: TestMeasured['mixedUp']
  classNames: readonly string[]
  /** Null where there is no matrix to show a place of. */
  onChoose: ((pair: { row: number; column: number }) => void) | null
}

export function MixedUp({ pairs, classNames, onChoose }: MixedUpProps) {
  const most = Math.max(1, ...pairs.map((pair) => pair.images))
  if (pairs.length === 0) return <p className="note">Every test image was told right.</p>
  return (
    <ol className="mixed-up number" aria-label="Pairs that are mixed up most often">
      {pairs.map(({ truth, predicted, images }) => (
        <li key={`${truth}-${predicted}`}>
          <button
            type="button"
            className="mixed-up-row"
            disabled={onChoose === null}
            onClick={() => onChoose?.({ row: truth, column: predicted })}
          >
            <span>
              {classNames[truth]} <span className="quiet">taken for</span> {classNames[predicted]}
            </span>
            <span className="silhouette-bar" aria-hidden="true">
              <span style={{ width: `${(100 * images) / most}%` }} />
            </span>
            <b>{countText(images)}</b>
          </button>
        </li>
      ))}
    </ol>
  )
}
