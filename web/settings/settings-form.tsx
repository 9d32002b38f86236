// A form of settings in their groups: checked as one types, the first wrong field found on sending, what it costs beside it.
import { useRef, useState, type FormEvent, type ReactNode } from 'react'
import { SettingInput, type InputCommon } from './setting-input.js'
import type { FormValue, FormValues, SettingField, SettingGroup } from './setting-fields.js'
import './settings.css'

/** What a form says of its fields beyond their rules. */
export interface FormWords<Name extends string> {
  readonly choiceText: (name: Name, choice: string) => string
  readonly notation?: Partial<Record<Name, string>>
  readonly notes?: Partial<Record<Name, string | undefined>>
  readonly own?: Partial<Record<Name, (common: InputCommon, text: string) => ReactNode>>
  readonly below?: Partial<Record<Name, ReactNode>>
}

interface SettingsFormProps<Name extends string> {
  label: string
  groups: readonly SettingGroup<Name>[]
  fieldOf: (name: Name) => SettingField<Name>
  applies: (name: Name) => boolean
  values: FormValues<Name>
  problems: Partial<Record<Name, string>>
  /** What is taken where a field is left empty. */
  published: (name: Name) => string
  words: FormWords<Name>
  onChange: (name: Name, value: FormValue) => void
  /** Null while it may not be sent. */
  onStart: ((name: string) => void) | null
  startText: string
  starting: boolean
  refusal: string | null
  /** Stands above the groups. */
  top: ReactNode
  /** What it would cost, around the button that starts it. */
  aside: (start: ReactNode) => ReactNode
}

export function SettingsForm<Name extends string>(props: SettingsFormProps<Name>) {
  const { label, groups, fieldOf, applies, values, problems, published, words, onChange } = props
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const count = Object.keys(problems).length

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (props.onStart && count === 0) return props.onStart(name.trim())
    // Unfolds the group of the first wrong field and goes there.
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    wrong?.closest('details')?.setAttribute('open', '')
    wrong?.focus()
  }

  return (
    <form ref={form} className="settings-form" onSubmit={submit} noValidate aria-label={label}>
      <div className="settings-fields">
        {props.top}
        {groups.map((group, place) => {
          const there = group.settings.filter(applies)
          if (there.length === 0) return null
          const wrong = there.filter((setting) => problems[setting]).length
          const inputs = (
            <div className="fields">
              {place === 0 && <NameInput name={name} onName={setName} />}
              {there.map((setting) => (
                <SettingInput
                  key={setting}
                  field={fieldOf(setting)}
                  value={values[setting]}
                  problem={problems[setting]}
                  published={published(setting)}
                  choiceText={(choice) => words.choiceText(setting, choice)}
                  notation={words.notation?.[setting]}
                  note={words.notes?.[setting]}
                  own={words.own?.[setting]}
                  below={words.below?.[setting]}
                  onChange={(value) => onChange(setting, value)}
                />
              ))}
            </div>
          )
          return group.folded ? (
            <details key={group.title} className="card fold">
              <summary>
                {group.title}
                {wrong > 0 && <span className="problem"> {wrong} to correct</span>}
              </summary>
              {inputs}
            </details>
          ) : (
            <fieldset key={group.title} className="card">
              <legend>{group.title}</legend>
              {inputs}
            </fieldset>
          )
        })}
      </div>
      {props.aside(
        <>
          {tried && count > 0 && (
            <p className="problem" role="alert">
              {count === 1 ? 'One setting is' : `${count} settings are`} to be corrected.
            </p>
          )}
          {props.refusal && (
            <p className="problem" role="alert">
              {props.refusal}
            </p>
          )}
          <button type="submit" className="button button-wide" disabled={props.starting}>
            {props.starting ? 'Starting…' : props.startText}
          </button>
        </>,
      )}
    </form>
  )
}

function NameInput({ name, onName }: { name: string; onName: (name: string) => void }) {
  return (
    <div className="field field-wide">
      <label htmlFor="run-name">Name</label>
      <input
        id="run-name"
        type="text"
        maxLength={200}
        autoComplete="off"
        placeholder="given by itself when empty"
        value={name}
        onChange={(event) => onName(event.target.value)}
      />
    </div>
  )
}
