// The new-search form: every setting in its group, checked as one types, with what it would cost beside it.
import type { DatasetName } from '@cellboard/schema/datasets'
import type { SpaceName } from '@cellboard/schema/spaces'
import type { SearchSettingsInput } from '@cellboard/schema/settings'
import { useMemo, useRef, useState, type FormEvent } from 'react'
import { applies } from './applies.js'
import { checkSettings, inSpace, QUICK_LOOK, type FormValues } from './check-settings.js'
import { PreviewPanel, type Preview } from './preview-panel.js'
import { publishedText } from './published-text.js'
import './search.css'
import { SETTING_FIELDS, type SettingField, type SettingName } from './setting-fields.js'
import { SETTING_GROUPS } from './setting-groups.js'
import { SettingInput } from './setting-input.js'
import { useDelayed } from './use-delayed.js'

export interface DatasetAtHand {
  readonly name: string
  readonly available: boolean
  readonly folder: string
}

export interface StartInput extends SearchSettingsInput {
  name?: string
}

interface SearchFormProps {
  datasets: readonly DatasetAtHand[]
  /** Asks for a preview of settings that hold; the page answers in `preview`. */
  onPreview: (input: SearchSettingsInput | null) => void
  preview: Preview | null
  /** One search for each seed; none: one search with the usual seed. */
  onStart: (input: StartInput, seeds: readonly number[]) => void
  starting: boolean
  refusal: string | null
}

/** A search with one stage has no first one. */
function fieldOf(name: SettingName, values: FormValues): SettingField {
  const field = SETTING_FIELDS.find((one) => one.name === name)!
  return name === 'stage1Cells' && !applies('stage2Cells', values) ? { ...field, title: 'Depth' } : field
}

export function SearchForm({ datasets, onPreview, preview, onStart, starting, refusal }: SearchFormProps) {
  const usable = (name: DatasetName) => datasets.find((dataset) => dataset.name === name)?.available ?? true
  const [values, setValues] = useState<FormValues>(() => (usable('cifar10') ? {} : QUICK_LOOK))
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const checked = useMemo(() => checkSettings(values), [values])
  useDelayed(checked.input, 350, onPreview)

  const dataset = (values.dataset ?? 'cifar10') as DatasetName
  const told = Object.fromEntries(preview?.problems.map(({ field, message }) => [field, message]) ?? [])
  const problems: Partial<Record<SettingName, string>> = checked.input ? told : checked.problems
  const count = Object.keys(problems).length

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (checked.input && count === 0)
      return onStart({ ...checked.input, ...(name.trim() && { name: name.trim() }) }, checked.seeds)
    // Unfolds the group of the first wrong field and goes there.
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    wrong?.closest('details')?.setAttribute('open', '')
    wrong?.focus()
  }
  const missing = datasets.find((one) => one.name === dataset && !one.available)
  const isMissing = (choice: string) => (usable(choice as DatasetName) ? '' : ' (files missing)')
  const change = (setting: SettingName, value: string | boolean) =>
    setValues((before) => (setting === 'space' ? inSpace(before, value as SpaceName) : { ...before, [setting]: value }))

  return (
    <form ref={form} className="search-form" onSubmit={submit} noValidate aria-label="New search">
      <div className="search-fields">
        <div className="card presets">
          <span id="presets-title">Begin with</span>
          <div className="segments" role="group" aria-labelledby="presets-title">
            <button type="button" onClick={() => setValues(QUICK_LOOK)}>
              A quick look (minutes)
            </button>
            <button type="button" onClick={() => setValues({})}>
              As published (hours)
            </button>
          </div>
        </div>
        {SETTING_GROUPS.map((group, place) => {
          const there = group.settings.filter((setting) => applies(setting, values))
          if (there.length === 0) return null
          const wrong = there.filter((setting) => problems[setting]).length
          const inputs = (
            <div className="fields">
              {place === 0 && (
                <div className="field field-wide">
                  <label htmlFor="search-name">Name</label>
                  <input
                    id="search-name"
                    type="text"
                    maxLength={200}
                    autoComplete="off"
                    placeholder="given by itself when empty"
                    value={name}
                    onChange={(event) => setName(event.target.value)}
                  />
                </div>
              )}
              {there.map((setting) => (
                <SettingInput
                  key={setting}
                  field={fieldOf(setting, values)}
                  value={values[setting]}
                  problem={problems[setting]}
                  published={publishedText(setting, values)}
                  choiceNote={setting === 'dataset' ? isMissing : undefined}
                  note={
                    setting === 'dataset' && missing
                      ? `Its files are not there: put them into ${missing.folder}`
                      : undefined
                  }
                  onChange={(value) => change(setting, value)}
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
      <PreviewPanel
        preview={checked.input ? preview : null}
        settings={checked.settings}
        searches={checked.seeds.length}
      >
        {tried && count > 0 && (
          <p className="problem" role="alert">
            {count === 1 ? 'One setting is' : `${count} settings are`} to be corrected.
          </p>
        )}
        {refusal && (
          <p className="problem" role="alert">
            {refusal}
          </p>
        )}
        <button type="submit" className="button button-wide" disabled={starting}>
          {starting
            ? 'Starting…'
            : checked.seeds.length > 1
              ? `Start ${checked.seeds.length} searches`
              : 'Start search'}
        </button>
      </PreviewPanel>
    </form>
  )
}
