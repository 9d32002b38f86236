// A preview of a search, as the API shows it.
import { Field, Float, Int, ObjectType } from 'type-graphql'

@ObjectType({ description: 'What one stage would come to.' })
export class StagePreview {
  @Field(() => Int, {
    description:
      '0 measures clusters, 1 chooses clusters or is the only stage, 2 chooses operators, 3 weighs them against none.',
  })
  index!: number

  @Field(() => Int, { description: 'Depth in cells.' })
  cells!: number

  @Field(() => Int, { description: 'Width of its first cells in channels.' })
  channels!: number

  @Field(() => Float, {
    description:
      'Of the largest network this stage can have: what stage 1 chooses decides on stage 2, and a depth that is to be measured counts as the deepest of the choice. Clusters that are to be measured count as the published ones.',
  })
  parameters!: number

  @Field(() => Float, { description: 'Multiply-adds of convolutions and linear layers for one image, forward.' })
  multiplyAdds!: number
}

@ObjectType({ description: 'What is wrong with one setting.' })
export class SettingProblem {
  @Field(() => String, { description: 'Key of the setting.' })
  field!: string

  @Field(() => String, { description: 'What is expected, and what came.' })
  message!: string
}

@ObjectType({ description: 'What a search would come to.' })
export class SearchPreview {
  @Field(() => [StagePreview], { description: 'In order of their index.' })
  stages!: StagePreview[]

  @Field(() => Int, { description: 'Optimisation steps in all.' })
  steps!: number

  @Field(() => Float, { description: 'Estimated peak resident memory, megabytes.' })
  memoryMB!: number

  @Field(() => Float, {
    nullable: true,
    description:
      'Estimated duration of the training steps on this machine; null where no step was ever measured on it.',
  })
  seconds!: number | null

  @Field(() => [SettingProblem], { description: 'What would be refused, at its field.' })
  problems!: SettingProblem[]
}
