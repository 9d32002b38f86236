// An operator by its label and its colour, and a legend of several.
import './cell.css'
import { OPERATOR_FACTS, OPERATORS, type Operator } from '@cellboard/schema/operators'

/** What draws an operator the server names; one unknown here is shown grey, by its own name. */
export const operatorLook = (name: string): { label: string; colour: string } =>
  (OPERATORS as readonly string[]).includes(name)
    ? OPERATOR_FACTS[name as Operator]
    : { label: name, colour: '#8a8f98' }

export function OperatorChip({ name, mark }: { name: string; mark?: string }) {
  const { label, colour } = operatorLook(name)
  return (
    <span className="chip" title={name}>
      <span className="chip-colour" style={{ background: colour }} aria-hidden="true" />
      {label}
      {mark && <span className="chip-mark">{mark}</span>}
    </span>
  )
}

export function OperatorLegend({ names }: { names: readonly string[] }) {
  return (
    <ul className="chips" aria-label="Colours of the operators">
      {names.map((name) => (
        <li key={name}>
          <OperatorChip name={name} />
        </li>
      ))}
    </ul>
  )
}
