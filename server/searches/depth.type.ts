// How deep each stage is, and the gradient confusion that it was matched by, as the API shows it.
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Origin, type OriginName } from './clustering.type.js'

export enum ConfusedNetwork {
  FINAL = 'FINAL',
  SUPERNET = 'SUPERNET',
}
registerEnumType(ConfusedNetwork, {
  name: 'ConfusedNetwork',
  description: 'Of which network gradients were compared.',
  valuesConfig: {
    FINAL: { description: 'What is trained in the end: what the stage shall match.' },
    SUPERNET: { description: 'The network of the stage, with so many cells.' },
  },
})

@ObjectType({
  description: 'Gradient confusion of one network: how the gradients of mini-batches agree, pair by pair.',
})
export class ConfusionMeasure {
  @Field(() => ConfusedNetwork, { description: 'Of which network.' })
  network!: ConfusedNetwork

  @Field(() => Int, { description: 'Its depth in cells.' })
  cells!: number

  @Field(() => Float, { description: 'Least cosine of any pair, in [-1, 1].' })
  minCosine!: number

  @Field(() => Float, { description: 'Least inner product of any pair.' })
  minInnerProduct!: number

  @Field(() => Float, { description: '5 % quantile of the cosines.' })
  lowCosine!: number

  @Field(() => Float, { description: 'Share of pairs that point apart, in [0, 1].' })
  negativeShare!: number

  @Field(() => Int, { description: 'Pairs of batches that were compared.' })
  pairs!: number

  @Field(() => Boolean, { description: 'Whether this is the depth that the stage took.' })
  matched!: boolean
}

@ObjectType({ description: 'How deep the supernet of a stage is, and what decided it.' })
export class StageDepth {
  @Field(() => Int, { description: 'Index of the stage.' })
  stage!: number

  @Field(() => Int, { description: 'Its depth in cells.' })
  cells!: number

  @Field(() => Origin, { description: 'Whether it was given or measured.' })
  origin!: OriginName

  @Field(() => [ConfusionMeasure], {
    description: 'The final network first, then every depth that was tried; empty where the depth was given.',
  })
  confusion!: ConfusionMeasure[]
}
