// The new-search form: every setting in its group, checked as one types, with what it would cost beside it.
import type { DatasetName } from '@cellboard/schema/datasets'
import type { SpaceName } from '@cellboard/schema/spaces'
import type { SearchSettingsInput } from '@cellboard/schema/settings'
import { useMemo, useState } from 'react'
import { missingNote, usable, type DatasetAtHand } from '../settings/dataset-at-hand.js'
import type { FormValue, SettingField } from '../settings/setting-fields.js'
import { SettingsForm, type FormWords } from '../settings/settings-form.js'
import { useDelayed } from '../settings/use-delayed.js'
import { applies } from './applies.js'
import { checkSettings, inSpace, QUICK_LOOK, type FormValues } from './check-settings.js'
import { choiceText } from './choice-texts.js'
import { PreviewPanel, type Preview } from './preview-panel.js'
import { publishedText } from './published-text.js'
import './search.css'
import { SETTING_FIELDS, type SettingName } from './search-fields.js'
import { SETTING_GROUPS } from './setting-groups.js'
import { SpaceInput } from './space-input.js'

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
function fieldOf(name: SettingName, values: FormValues): SettingField<SettingName> {
  const field = SETTING_FIELDS.find((one) => one.name === name)!
  return name === 'stage1Cells' && !applies('stage2Cells', values) ? { ...field, title: 'Depth' } : field
}

export function SearchForm({ datasets, onPreview, preview, onStart, starting, refusal }: SearchFormProps) {
  const [values, setValues] = useState<FormValues>(() => (usable(datasets, 'cifar10') ? {} : QUICK_LOOK))
  const checked = useMemo(() => checkSettings(values), [values])
  useDelayed(checked.input, 350, onPreview)

  const dataset = (values.dataset ?? 'cifar10') as DatasetName
  const told = Object.fromEntries(preview?.problems.map(({ field, message }) => [field, message]) ?? [])
  const problems: Partial<Record<SettingName, string>> = checked.input ? told : checked.problems
  const change = (setting: SettingName, value: FormValue) =>
    setValues((before) => (setting === 'space' ? inSpace(before, value as SpaceName) : { ...before, [setting]: value }))
  const { input, seeds } = checked
  const words: FormWords<SettingName> = {
    choiceText: (name, choice) =>
      choiceText(name, choice) + (name === 'dataset' && !usable(datasets, choice) ? ' (files missing)' : ''),
    notation: {
      clusters: 'one cluster a line, the representative first',
      spaceText: 'YAML or JSON; checked as you type',
    },
    notes: { dataset: missingNote(datasets, dataset) },
    own: {
      spaceText: (common, text) => (
        <SpaceInput
          {...common}
          value={text}
          problem={problems.spaceText}
          onChange={(event) => change('spaceText', event.target.value)}
        />
      ),
    },
  }
  return (
    <SettingsForm
      label="New search"
      groups={SETTING_GROUPS}
      fieldOf={(name) => fieldOf(name, values)}
      applies={(name) => applies(name, values)}
      values={values}
      problems={problems}
      published={(name) => publishedText(name, values)}
      words={words}
      onChange={change}
      onStart={input && ((name) => onStart({ ...input, ...(name && { name }) }, seeds))}
      startText={seeds.length > 1 ? `Start ${seeds.length} searches` : 'Start search'}
      starting={starting}
      refusal={refusal}
      top={
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
      }
      aside={(start) => (
        <PreviewPanel preview={input ? preview : null} settings={checked.settings} searches={seeds.length}>
          {start}
        </PreviewPanel>
      )}
    />
  )
}
