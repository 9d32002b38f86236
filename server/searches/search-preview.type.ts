// A preview of a search, as the API shows it.
import { Field, Float, Int, ObjectType } from 'type-graphql'

@ObjectType()
export class StagePreview {
  @Field(() => Int, {
    description:
      '0 measures clusters, 1 chooses clusters or is the only stage, 2 chooses operators, 3 weighs them against none.',
  })
  index!: number

  @Field(() => Int)
  cells!: number

  @Field(() => Int)
  channels!: number

  @Field(() => Float, {
    description:
      'Of the largest network this stage can have: what stage 1 chooses decides on stage 2, and a depth that is to be measured counts as the deepest of the choice. Clusters that are to be measured count as the published ones.',
  })
  parameters!: number

  @Field(() => Float, { description: 'Multiply-adds of convolutions and linear layers for one image, forward.' })
  multiplyAdds!: number
}

@ObjectType()
export class SettingProblem {
  @Field(() => String)
  field!: string

  @Field(() => String)
  message!: string
}

@ObjectType()
export class SearchPreview {
  @Field(() => [StagePreview])
  stages!: StagePreview[]

  @Field(() => Int)
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
