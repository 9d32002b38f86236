// Conditions on settings and metrics: typed, told what is wrong with them, and taken away again.
import { useId, useState } from 'react'
import { conditionOf, conditionText, printCondition, readCondition, type Names } from './condition.js'

interface ConditionFieldProps {
  /** As addresses have them. */
  where: readonly string[]
  names: Names
  onWhere: (where: readonly string[]) => void
}

/** As many of one kind as the server takes. */
const MOST = 10

const textOf = (printed: string) => {
  const read = conditionOf(printed)
  return 'condition' in read ? conditionText(read.condition) : printed
}

export function ConditionField({ where, names, onWhere }: ConditionFieldProps) {
  const id = useId()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const add = () => {
    if (where.length >= MOST) return setProblem(`Expected at most ${MOST} conditions: take one away first.`)
    const read = readCondition(text, names)
    if ('problem' in read) return setProblem(read.problem)
    const printed = printCondition(read.condition)
    if (!where.includes(printed)) onWhere([...where, printed])
    setText('')
  }
  return (
    <div className="runs-conditions">
      <form
        className="tag-form"
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <input
          aria-label="Condition on a setting or metric"
          placeholder="weightDecay = 3e-4"
          list={`${id}-names`}
          value={text}
          maxLength={300}
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={problem ? `${id}-problem` : undefined}
          onChange={(event) => {
            setText(event.target.value)
            setProblem(null)
          }}
        />
        <datalist id={`${id}-names`}>
          {[...names.metrics, ...names.settings].map((name) => (
            <option key={name} value={`${name} `} />
          ))}
        </datalist>
        <button type="submit" className="button button-quiet button-small" disabled={text.trim() === ''}>
          Add condition
        </button>
      </form>
      {where.map((printed) => (
        <button
          key={printed}
          type="button"
          className="tag"
          aria-label={`Take away the condition ${textOf(printed)}`}
          onClick={() => onWhere(where.filter((one) => one !== printed))}
        >
          {textOf(printed)} <span aria-hidden="true">×</span>
        </button>
      ))}
      {problem && (
        <p id={`${id}-problem`} className="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
