// The surest wrong answers as pictures: what each is, what it was taken for, and how sure the network was.
import type { Mistake } from '@cellboard/schema/events'
import { percentText } from '../charts/number-text.js'

interface MistakesProps {
  mistakes: readonly Mistake[]
  classNames: readonly string[]
}

export function Mistakes({ mistakes, classNames }: MistakesProps) {
  return (
    <ul className="mistakes">
      {mistakes.map(({ index, file, truth, predicted, probability, picture }) => (
        <li key={index}>
          <figure title={file ?? `test image ${index}`}>
            <img
              src={`data:image/png;base64,${picture}`}
              alt={`Test image ${index}: ${classNames[truth]}, taken for ${classNames[predicted]}`}
            />
            <figcaption>
              <b>{classNames[truth]}</b>
              <span className="mistake-answer">
                taken for <b>{classNames[predicted]}</b>
              </span>
              <span className="quiet number">{percentText(probability, 1)} sure</span>
            </figcaption>
          </figure>
        </li>
      ))}
    </ul>
  )
}
