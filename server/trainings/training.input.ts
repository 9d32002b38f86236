// What a client may say to start a training: the keys of schema/training-settings.ts, read off its rules, and a name.
import { trainingSettingsSchema, type TrainingSettingsInput } from '@cellboard/schema/training-settings'
import { Field, InputType } from 'type-graphql'
import { addSettingsFields } from '../graphql/settings-input.js'

@InputType({
  description:
    'Settings of a training; the preset, a published recipe, fills what is left open. The rules are schema/training-settings.ts.',
})
export class TrainingInput {
  @Field(() => String, { nullable: true, description: 'What to call it; a name is made where it is absent.' })
  name?: string
}

/** The input with the settings it may carry, none of them checked yet. */
export type GivenTraining = TrainingInput & { [key in keyof TrainingSettingsInput]?: unknown }

addSettingsFields(TrainingInput, trainingSettingsSchema)
