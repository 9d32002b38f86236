// A training, as the API shows it: a run, and what is particular to training a network from scratch.
import { Field, Float, Int, ObjectType } from 'type-graphql'
import { Node, Run } from '../runs/run.type.js'
import { Backend } from '../searches/search.type.js'

@ObjectType({ description: 'Means over an epoch; accuracies in [0, 1].' })
export class TrainingEpoch {
  @Field(() => Int, { description: 'From 1.' })
  epoch!: number

  @Field(() => Int, { description: 'Step of the whole training.' })
  step!: number

  @Field(() => Float, { description: 'Mean cross-entropy on training batches.' })
  trainLoss!: number

  @Field(() => Float, { description: 'Share of training images that are right, 0 to 1.' })
  trainAccuracy!: number

  @Field(() => Float, { nullable: true, description: 'Null where no images validate, or it did not look at them.' })
  validationLoss?: number | null

  @Field(() => Float, {
    nullable: true,
    description: 'Share of validation images that are right, 0 to 1; null where none are kept apart.',
  })
  validationAccuracy?: number | null

  @Field(() => Float, { nullable: true, description: 'Null where it did not look at the test images.' })
  testLoss?: number | null

  @Field(() => Float, {
    nullable: true,
    description: 'Share of test images that are right, 0 to 1; null where it was not measured.',
  })
  testAccuracy?: number | null

  @Field(() => Float, { description: 'Seconds of computing.' })
  seconds!: number
}

@ObjectType({
  description: 'Chosen by the test images, so no estimate of anything: for comparison with papers that report it.',
})
export class BestEpoch {
  @Field(() => Int, { description: 'From 1.' })
  epoch!: number

  @Field(() => Float, { description: 'Share of test images that are right, 0 to 1.' })
  accuracy!: number
}

@ObjectType({ description: 'Two classes that were mixed up.' })
export class MixedUp {
  @Field(() => Int, { description: 'Class of the images, from 0.' })
  truth!: number

  @Field(() => Int, { description: 'Class that they were taken for, from 0.' })
  predicted!: number

  @Field(() => Int, { description: 'How many.' })
  images!: number
}

@ObjectType({ description: 'A test image that was taken for something else.' })
export class Mistake {
  @Field(() => Int, { description: 'Its place among the test images.' })
  index!: number

  @Field(() => String, { nullable: true, description: 'Where it came from, if it is a file of its own.' })
  file?: string | null

  @Field(() => Int, { description: 'Class of the image, from 0.' })
  truth!: number

  @Field(() => Int, { description: 'Class that it was taken for, from 0.' })
  predicted!: number

  @Field(() => Float, { description: 'Of the wrong class, in [0, 1].' })
  probability!: number

  @Field(() => String, { description: 'The image as a PNG, base64.' })
  picture!: string
}

@ObjectType({ description: 'How the trained network does on the test images, after its last epoch.' })
export class TrainingResult {
  @Field(() => Int, { description: 'The last epoch.' })
  epoch!: number

  @Field(() => Int, { description: 'Test images.' })
  images!: number

  @Field(() => Float, { description: 'Share of the test images that are told right, in [0, 1].' })
  accuracy!: number

  @Field(() => Float, { description: 'Mean cross-entropy on the test images.' })
  loss!: number

  @Field(() => BestEpoch, { description: 'The best epoch by the test images: chosen by them, so it is no result.' })
  best!: BestEpoch

  @Field(() => [[Int]], { nullable: true, description: 'Counts, [truth][predicted]; null above 200 classes.' })
  confusion?: readonly (readonly number[])[] | null

  @Field(() => [MixedUp], { description: 'At most 20 pairs, the most frequent first.' })
  mixedUp!: readonly MixedUp[]

  @Field(() => [Mistake], { description: 'The surest wrong answers, at most 24, the surest first.' })
  mistakes!: readonly Mistake[]
}

@ObjectType({ implements: [Run, Node], description: 'A network of a genotype, trained from scratch.' })
export class Training extends Run {
  @Field(() => Backend, { nullable: true, description: 'What computes it; null before it began.' })
  backend!: Backend | null
}
