// All that a published recipe fills in; what was said otherwise in the form is struck out.
import type { NetworkName } from '@cellboard/schema/spaces'
import { RECIPES } from '@cellboard/schema/training-settings'
import type { FormValue } from '../settings/setting-fields.js'
import { appliesTo, usualTraining } from './check-training.js'
import { TRAINING_FIELDS, type TrainingName, type TrainingValues } from './training-fields.js'
import { valueText } from './training-texts.js'

interface RecipeListProps {
  values: TrainingValues
  network: NetworkName
}

export function RecipeList({ values, network }: RecipeListProps) {
  const usual = usualTraining({ ...values, schedule: undefined, auxiliary: undefined }, network)
  const names = Object.keys(RECIPES.base) as (keyof typeof RECIPES.base)[]
  return (
    <dl className="recipe number" aria-label="What the recipe fills in">
      {names
        .filter((name) => appliesTo(name, values, network))
        .map((name) => (
          <RecipeEntry key={name} name={name} usual={usual[name]} said={values[name]} />
        ))}
    </dl>
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
