// One field of the form: its input by kind, what it means, what is taken when it is empty, and what is wrong with it.
import type { DatasetName } from '@cellboard/schema/datasets'
import type { SpaceName } from '@cellboard/schema/spaces'
import { publishedText, type SettingField } from './setting-fields.js'

interface SettingInputProps {
  field: SettingField
  value: string | boolean | undefined
  problem: string | undefined
  space: SpaceName
  dataset: DatasetName
  onChange: (value: string | boolean) => void
  /** How choices are called, and what keeps one from being taken. */
  choiceText?: ((choice: string) => string) | undefined
  note?: string | undefined
}

/** Defaults are words, numbers and yes or no. */
const usualText = (usual: unknown) => (typeof usual === 'string' ? usual : JSON.stringify(usual))

export function SettingInput(props: SettingInputProps) {
  const { field, value, problem, space, dataset, onChange, choiceText = (choice) => choice, note } = props
  const { name, kind, usual } = field
  const id = `setting-${name}`
  const published = publishedText(name, space, dataset)
  const taken = usual === undefined ? published.split('\n')[0]! : usualText(usual)
  const text = typeof value === 'string' ? value : ''
  const common = {
    id,
    name,
    'aria-describedby': `${id}-help${problem ? ` ${id}-problem` : ''}`,
    'aria-invalid': problem ? true : undefined,
  }
  return (
    <div className={`field${problem ? ' field-wrong' : ''}${kind === 'clusters' ? ' field-wide' : ''}`}>
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
        <select {...common} value={text || taken} onChange={(event) => onChange(event.target.value)}>
          {field.choices.map((choice) => (
            <option key={choice} value={choice}>
              {choiceText(choice)}
            </option>
          ))}
        </select>
      )}
      {kind === 'number' && (
        <input
          {...common}
          className="number"
          type="text"
          inputMode={field.whole ? 'numeric' : 'decimal'}
          autoComplete="off"
          placeholder={taken}
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
      <p id={`${id}-help`} className="help">
        {field.description}
        {kind === 'number' && <span className="help-default"> · default {taken}</span>}
        {kind === 'clusters' && <span className="help-default"> · one cluster a line, the representative first</span>}
      </p>
      {note && <p className="field-note">{note}</p>}
      {problem && (
        <p id={`${id}-problem`} className="problem">
          {problem}
        </p>
      )}
    </div>
  )
}
