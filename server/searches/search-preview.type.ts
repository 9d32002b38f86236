// A preview of a search, as the API shows it.
import { Field, Float, Int, ObjectType } from 'type-graphql'

@ObjectType()
export class StagePreview {
  @Field(() => Int)
  index!: number

  @Field(() => Int)
  cells!: number

  @Field(() => Int)
  channels!: number

  @Field(() => Float, {
    description: "The largest network this stage can have: stage 2's depends on what stage 1 chooses.",
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
    description: 'Estimated duration on this machine; null where no step was ever measured on it.',
  })
  seconds!: number | null

  @Field(() => [SettingProblem], { description: 'What would be refused, at its field.' })
  problems!: SettingProblem[]
}
