// The recipe of a training: which published one, and all that it fills in; what was said otherwise in the form is struck out.
import type { NetworkName } from '@cellboard/schema/spaces'
import { PRESETS, RECIPES, type Preset } from '@cellboard/schema/training-settings'
import type { InputCommon } from '../settings/setting-input.js'
import type { FormValue } from '../settings/setting-fields.js'
import { appliesTo, usualTraining } from './check-training.js'
import { TRAINING_FIELDS, type TrainingName, type TrainingValues } from './training-fields.js'
import { trainingChoiceText, valueText } from './training-texts.js'

interface RecipeInputProps extends InputCommon {
  values: TrainingValues
  network: NetworkName
  onChange: (preset: Preset) => void
}

export function RecipeInput({ values, network, onChange, ...common }: RecipeInputProps) {
  const usual = usualTraining({ ...values, schedule: undefined, auxiliary: undefined }, network)
  const names = Object.keys(RECIPES.base) as (keyof typeof RECIPES.base)[]
  return (
    <>
      <select
        {...common}
        className="recipe-choice"
        value={usual.preset}
        onChange={(event) => onChange(event.target.value as Preset)}
      >
        {PRESETS.map((preset) => (
          <option key={preset} value={preset}>
            {trainingChoiceText('preset', preset)}
          </option>
        ))}
      </select>
      <dl className="recipe number">
        {names
          .filter((name) => appliesTo(name, values, network))
          .map((name) => (
            <RecipeEntry key={name} name={name} usual={usual[name]} said={values[name]} />
          ))}
      </dl>
    </>
  )
}

function RecipeEntry({
  name,
  usual,
  said,
}: {
  name: TrainingName
  usual: string | number | boolean
  said: FormValue | undefined
}) {
  const { title } = TRAINING_FIELDS.find((field) => field.name === name)!
  const own = said !== undefined && said !== '' && String(said) !== String(usual)
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {own ? (
          <>
            <s>
              <span className="sr-only">instead of </span>
              {valueText(name, usual)}
            </s>{' '}
            <b>{valueText(name, said)}</b>
          </>
        ) : (
          valueText(name, usual)
        )}
      </dd>
    </div>
  )
}
