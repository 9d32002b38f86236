// The new-training form: the cell drawn, the recipe and what it fills in, every setting checked as one types, and what it would cost.
import type { Genotype } from '@cellboard/schema/genotype'
import type { TrainingSettingsInput } from '@cellboard/schema/training-settings'
import { useMemo, useState } from 'react'
import { DrawnCell } from '../cell/drawn-cell.js'
import { missingNote, usable, type DatasetAtHand } from '../settings/dataset-at-hand.js'
import type { FormValue } from '../settings/setting-fields.js'
import { SettingsForm, type FormWords } from '../settings/settings-form.js'
import { useDelayed } from '../settings/use-delayed.js'
import { appliesTo, checkTraining, networkOf, quickTraining, usualTraining } from './check-training.js'
import { CostPanel, type TrainingCost } from './cost-panel.js'
import { GenotypeInput } from './genotype-input.js'
import { RecipeList } from './recipe-list.js'
import { TRAINING_FIELDS, TRAINING_GROUPS, type TrainingName, type TrainingValues } from './training-fields.js'
import { trainingChoiceText } from './training-texts.js'
import './training.css'

/** A search whose cell is to be trained. */
export interface FoundBy {
  readonly id: string
  readonly name: string
  readonly genotype: string
  readonly dataset: string
}

export interface StartTraining {
  readonly input: TrainingSettingsInput & { name?: string }
  /** One training for each; none: one with the usual seed. */
  readonly seeds: readonly number[]
  /** The search, where the cell is still the one that it found. */
  readonly search: string | null
}

interface TrainingFormProps {
  datasets: readonly DatasetAtHand[]
  published: readonly string[]
  from: FoundBy | null
  /** Asks for a preview of settings that hold; the page answers in `cost` and `genotype`. */
  onPreview: (input: TrainingSettingsInput | null) => void
  cost: TrainingCost | null
  genotype: Genotype | null
  onStart: (start: StartTraining) => void
  starting: boolean
  refusal: string | null
}

const fieldOf = (name: TrainingName) => TRAINING_FIELDS.find((field) => field.name === name)!

export function TrainingForm(props: TrainingFormProps) {
  const { datasets, published, from, onPreview, cost, genotype, onStart, starting, refusal } = props
  const [values, setValues] = useState<TrainingValues>(() =>
    from
      ? { genotype: from.genotype, dataset: from.dataset }
      : usable(datasets, 'cifar10')
        ? {}
        : quickTraining('darts'),
  )
  const text = String(values.genotype ?? '')
  // A published name tells its network only to the server.
  const network = (/^[\w.-]+$/.test(text.trim()) && genotype?.space) || networkOf(text)
  const checked = useMemo(() => checkTraining(values, network), [values, network])
  const usual = useMemo(() => usualTraining(values, network), [values, network])
  useDelayed(checked.input, 350, onPreview)

  const told = Object.fromEntries(cost?.problems.map(({ field, message }) => [field, message]) ?? [])
  const problems: Partial<Record<TrainingName, string>> = checked.input ? told : checked.problems
  const change = (name: TrainingName, value: FormValue) => setValues((before) => ({ ...before, [name]: value }))
  const begin = (with_: TrainingValues) =>
    setValues((before) => ({ ...with_, ...(before.genotype !== undefined && { genotype: before.genotype }) }))
  const { input, seeds } = checked
  const search = from && text.trim() === from.genotype ? from : null
  const words: FormWords<TrainingName> = {
    choiceText: (name, choice) =>
      trainingChoiceText(name, choice) + (name === 'dataset' && !usable(datasets, choice) ? ' (files missing)' : ''),
    notes: {
      dataset: missingNote(datasets, String(values.dataset ?? 'cifar10')),
      genotype: search ? `The cell that “${search.name}” found; the training will stand beside it.` : undefined,
    },
    own: {
      genotype: (common, written) => (
        <GenotypeInput {...common} text={written} published={published} onChange={(next) => change('genotype', next)} />
      ),
    },
    below: {
      genotype: genotype && !problems.genotype && (
        <>
          <DrawnCell genotype={genotype} kind="normal" heading="h2" />
          {genotype.reduction && <DrawnCell genotype={genotype} kind="reduction" heading="h2" />}
        </>
      ),
      preset: <RecipeList values={values} network={network} />,
    },
  }
  return (
    <SettingsForm
      label="New training"
      groups={TRAINING_GROUPS}
      fieldOf={fieldOf}
      applies={(name) => appliesTo(name, values, network)}
      values={values}
      problems={problems}
      published={(name) => (Array.isArray(usual[name]) ? usual[name].join(', ') : String(usual[name]))}
      words={words}
      onChange={change}
      onStart={
        input && ((name) => onStart({ input: { ...input, ...(name && { name }) }, seeds, search: search?.id ?? null }))
      }
      startText={seeds.length > 1 ? `Start ${seeds.length} trainings` : 'Start training'}
      starting={starting}
      refusal={refusal}
      top={
        <div className="card presets">
          <span id="presets-title">Begin with</span>
          <div className="segments" role="group" aria-labelledby="presets-title">
            <button type="button" onClick={() => begin(quickTraining(network))}>
              A quick look (minutes)
            </button>
            <button type="button" onClick={() => begin(from ? { dataset: from.dataset } : {})}>
              As published (days)
            </button>
          </div>
        </div>
      }
      aside={(start) => (
        <CostPanel cost={input ? cost : null} wrong={!input || Object.keys(told).length > 0} trainings={seeds.length}>
          {start}
        </CostPanel>
      )}
    />
  )
}
