// A space file as one writes it: numbered lines, the wrong one marked, and what the file says once it is right.
import { spaceOf } from '@cellboard/schema/space-of'
import { useRef, type TextareaHTMLAttributes } from 'react'

/** The line that a problem names, as space-file.ts writes it. */
export const lineOf = (problem: string | undefined): number | null => {
  const found = /^Line (\d+):/.exec(problem ?? '')
  return found ? Number(found[1]) : null
}

function summary(text: string): string {
  const { edges, cellKinds, candidates, nodes } = spaceOf({ space: 'custom', spaceText: text })
  const kinds = cellKinds.map((kind) => `${edges.filter((edge) => edge.cell === kind).length} in the ${kind} cell`)
  return `${nodes} nodes, ${edges.length} edges (${kinds.join(', ')}), ${candidates.length} operators.`
}

interface SpaceInputProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  value: string
  problem: string | undefined
}

export function SpaceInput({ value, problem, ...common }: SpaceInputProps) {
  const numbers = useRef<HTMLOListElement>(null)
  const wrong = lineOf(problem)
  const lines = value.split('\n').length
  return (
    <>
      <div className="space-text">
        <ol ref={numbers} aria-hidden="true">
          {Array.from({ length: lines }, (_, i) => (
            <li key={i} className={i + 1 === wrong ? 'space-line-wrong' : undefined}>
              {i + 1}
            </li>
          ))}
        </ol>
        <textarea
          {...common}
          value={value}
          wrap="off"
          rows={Math.min(28, Math.max(10, lines + 1))}
          spellCheck={false}
          autoComplete="off"
          onScroll={(event) => numbers.current?.scrollTo({ top: event.currentTarget.scrollTop })}
        />
      </div>
      {!problem && value !== '' && <p className="field-note">{summary(value)}</p>}
    </>
  )
}
