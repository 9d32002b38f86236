// One field of a form: its input by kind, what it means, what is taken when it is empty, and what is wrong with it.
import type { ReactNode } from 'react'
import type { FormValue, SettingField } from './setting-fields.js'

/** What every input of a field has, whoever draws it. */
export interface InputCommon {
  readonly id: string
  readonly name: string
  readonly 'aria-describedby': string
  readonly 'aria-invalid': true | undefined
}

interface SettingInputProps {
  field: SettingField
  value: FormValue | undefined
  problem: string | undefined
  /** What is taken when it is left empty; of several choices, by commas. */
  published: string
  onChange: (value: FormValue) => void
  choiceText: (choice: string) => string
  /** Said after the description: how it is written. */
  notation?: string | undefined
  note?: string | undefined
  /** Draws the input of a field of kind `own`. */
  own?: ((common: InputCommon, text: string) => ReactNode) | undefined
  /** Stands below all of it: what the value comes to. */
  below?: ReactNode
}

const WIDE: readonly SettingField['kind'][] = ['lines', 'own']

export function SettingInput(props: SettingInputProps) {
  const { field, value, problem, published, onChange, choiceText, notation, note, own, below } = props
  const { name, kind } = field
  const id = `setting-${name}`
  const text = typeof value === 'string' ? value : ''
  const common: InputCommon = {
    id,
    name,
    'aria-describedby': `${id}-help${problem ? ` ${id}-problem` : ''}`,
    'aria-invalid': problem ? true : undefined,
  }
  const typed = { autoComplete: 'off', placeholder: published, value: text, spellCheck: false }
  const told = kind === 'number' || kind === 'numbers' || kind === 'text'
  return (
    <div className={`field${problem ? ' field-wrong' : ''}${WIDE.includes(kind) || below ? ' field-wide' : ''}`}>
      {kind === 'switch' ? (
        <label className="switch" htmlFor={id}>
          <input
            {...common}
            type="checkbox"
            checked={typeof value === 'boolean' ? value : published === 'true'}
            onChange={(event) => onChange(event.target.checked)}
          />{' '}
          {field.title}
        </label>
      ) : kind === 'choices' ? null : (
        <label htmlFor={id}>{field.title}</label>
      )}
      {kind === 'choice' && (
        <select {...common} value={text || published} onChange={(event) => onChange(event.target.value)}>
          {field.choices.map((choice) => (
            <option key={choice} value={choice}>
              {choiceText(choice)}
            </option>
          ))}
        </select>
      )}
      {kind === 'choices' && (
        <Choices
          field={field}
          common={common}
          chosen={Array.isArray(value) ? (value as readonly string[]) : published.split(', ')}
          onChange={onChange}
          choiceText={choiceText}
        />
      )}
      {told && (
        <input
          {...common}
          {...typed}
          className={kind === 'text' ? undefined : 'number'}
          type="text"
          inputMode={kind !== 'number' ? 'text' : field.whole ? 'numeric' : 'decimal'}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {kind === 'lines' && (
        <textarea {...common} {...typed} rows={4} onChange={(event) => onChange(event.target.value)} />
      )}
      {own?.(common, text)}
      <p id={`${id}-help`} className="help">
        {field.description}
        {told && published && <span className="help-default"> · default {published}</span>}
        {name === 'seed' && <span className="help-default"> · several (1, 2, 3) start a group</span>}
        {notation && <span className="help-default"> · {notation}</span>}
      </p>
      {note && <p className="field-note">{note}</p>}
      {problem && (
        <p id={`${id}-problem`} className="problem" role={kind === 'own' ? 'status' : undefined}>
          {problem}
        </p>
      )}
      {below}
    </div>
  )
}

interface ChoicesProps {
  field: SettingField
  common: InputCommon
  chosen: readonly string[]
  onChange: (value: readonly string[]) => void
  choiceText: (choice: string) => string
}

/** Any number of choices: each a box to tick, told in the order of the rule. */
function Choices({ field, common: { id, ...common }, chosen, onChange, choiceText }: ChoicesProps) {
  return (
    <fieldset className="choices" id={id} aria-describedby={common['aria-describedby']}>
      <legend>{field.title}</legend>
      {field.choices.map((choice) => (
        <label key={choice} className="switch">
          <input
            type="checkbox"
            checked={chosen.includes(choice)}
            onChange={({ target }) =>
              onChange(field.choices.filter((one) => (one === choice ? target.checked : chosen.includes(one))))
            }
          />{' '}
          {choiceText(choice)}
        </label>
      ))}
    </fieldset>
  )
}
