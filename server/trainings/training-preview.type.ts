// A preview of a training, as the API shows it.
import { Field, Float, Int, ObjectType } from 'type-graphql'
import { Genotype } from '../searches/genotype.type.js'
import { SettingProblem } from '../searches/search-preview.type.js'

@ObjectType({
  description: 'Null is what nobody knows before the images are read, and all of it where a field is refused.',
})
export class TrainingPreview {
  @Field(() => Genotype, { nullable: true, description: 'As the text was understood; null where it cannot be read.' })
  genotype!: Genotype | null

  @Field(() => Float, { nullable: true, description: 'Of the network that is handed out, without an auxiliary head.' })
  parameters!: number | null

  @Field(() => Float, {
    nullable: true,
    description: 'Multiply-adds of convolutions and linear layers for one image, forward.',
  })
  multiplyAdds!: number | null

  @Field(() => Int, { nullable: true, description: 'Optimisation steps of all epochs.' })
  steps!: number | null

  @Field(() => Float, { nullable: true, description: 'Estimated peak resident memory of a step, megabytes.' })
  memoryMB!: number | null

  @Field(() => Float, {
    nullable: true,
    description:
      'Estimated duration of the training steps, by the pace of the last training on this machine, or of the last search where there was none; null where no step was ever measured on it.',
  })
  seconds!: number | null

  @Field(() => [SettingProblem], { description: 'What would be refused, at its field.' })
  problems!: SettingProblem[]
}
