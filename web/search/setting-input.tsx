// One field of the form: its input by kind, what it means, what is taken when it is empty, and what is wrong with it.
import { choiceText } from './choice-texts.js'
import type { SettingField } from './setting-fields.js'
import { SpaceInput } from './space-input.js'

interface SettingInputProps {
  field: SettingField
  value: string | boolean | undefined
  problem: string | undefined
  /** What is taken when it is left empty. */
  published: string
  onChange: (value: string | boolean) => void
  /** Said after a choice, such as that its files are missing. */
  choiceNote?: ((choice: string) => string) | undefined
  note?: string | undefined
}

/** What a kind's text looks like, said after the description. */
const NOTATION: Partial<Record<SettingField['kind'], string>> = {
  clusters: 'one cluster a line, the representative first',
  space: 'YAML or JSON; checked as you type',
}

export function SettingInput(props: SettingInputProps) {
  const { field, value, problem, published, onChange, choiceNote = () => '', note } = props
  const { name, kind, usual } = field
  const id = `setting-${name}`
  const text = typeof value === 'string' ? value : ''
  const common = {
    id,
    name,
    'aria-describedby': `${id}-help${problem ? ` ${id}-problem` : ''}`,
    'aria-invalid': problem ? true : undefined,
  }
  const wide = kind === 'clusters' || kind === 'space'
  return (
    <div className={`field${problem ? ' field-wrong' : ''}${wide ? ' field-wide' : ''}`}>
      {kind === 'switch' ? (
        <label className="switch" htmlFor={id}>
          <input
            {...common}
            type="checkbox"
            checked={typeof value === 'boolean' ? value : Boolean(usual)}
            onChange={(event) => onChange(event.target.checked)}
          />{' '}
          {field.title}
        </label>
      ) : (
        <label htmlFor={id}>{field.title}</label>
      )}
      {kind === 'choice' && (
        <select {...common} value={text || published} onChange={(event) => onChange(event.target.value)}>
          {field.choices.map((choice) => (
            <option key={choice} value={choice}>
              {choiceText(name, choice)}
              {choiceNote(choice)}
            </option>
          ))}
        </select>
      )}
      {(kind === 'number' || kind === 'numbers') && (
        <input
          {...common}
          className="number"
          type="text"
          inputMode={kind === 'numbers' ? 'text' : field.whole ? 'numeric' : 'decimal'}
          autoComplete="off"
          placeholder={published}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {kind === 'clusters' && (
        <textarea
          {...common}
          rows={4}
          placeholder={published}
          spellCheck={false}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {kind === 'space' && (
        <SpaceInput {...common} value={text} problem={problem} onChange={(event) => onChange(event.target.value)} />
      )}
      <p id={`${id}-help`} className="help">
        {field.description}
        {(kind === 'number' || kind === 'numbers') && published && (
          <span className="help-default"> · default {published}</span>
        )}
        {name === 'seed' && <span className="help-default"> · several (1, 2, 3) start a group</span>}
        {NOTATION[kind] && <span className="help-default"> · {NOTATION[kind]}</span>}
      </p>
      {note && <p className="field-note">{note}</p>}
      {problem && (
        <p id={`${id}-problem`} className="problem" role={kind === 'space' ? 'status' : undefined}>
          {problem}
        </p>
      )}
    </div>
  )
}
