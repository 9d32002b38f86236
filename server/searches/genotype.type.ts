// A genotype, as the API shows it.
import type { Genotype as GenotypeValue, GenotypeCell } from '@cellboard/schema/genotype'
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql'

export enum GenotypeStyle {
  PUBLISHED = 'PUBLISHED',
  JSON = 'JSON',
}
registerEnumType(GenotypeStyle, {
  name: 'GenotypeStyle',
  valuesConfig: {
    PUBLISHED: { description: "The space's own notation: DARTS' named tuple, NAS-Bench-201's string." },
  },
})

@ObjectType()
export class GenotypeEdge {
  @Field(() => String)
  operator!: string

  @Field(() => Int)
  from!: number
}

@ObjectType()
export class GenotypeNode {
  @Field(() => [GenotypeEdge])
  edges!: GenotypeEdge[]
}

@ObjectType()
export class Genotype {
  @Field(() => String, { description: 'The network that its cells are made for: darts or nas-bench-201.' })
  space!: string

  /** As the engine derived it; what `text` writes. */
  value!: GenotypeValue

  @Field(() => [GenotypeNode])
  normal!: GenotypeNode[]

  @Field(() => [GenotypeNode], {
    nullable: true,
    description: 'Null where a space does not search its reductions.',
  })
  reduction!: GenotypeNode[] | null
}

@ObjectType()
export class GenotypeAt {
  @Field(() => Int)
  stage!: number

  @Field(() => Int)
  epoch!: number

  @Field(() => Genotype)
  genotype!: Genotype
}

@ObjectType({ description: 'One result of a group, and who found it.' })
export class FoundGenotype {
  @Field(() => Genotype, { description: 'As the first of these seeds found it.' })
  genotype!: Genotype

  /** Of its architecture. */
  hash!: string

  @Field(() => [Int])
  seeds!: number[]
}

@ObjectType({ description: 'A cell that a random search trained.' })
export class TrainedCandidate {
  @Field(() => Int, { description: '1, 2, 3 in the order of training.' })
  number!: number

  @Field(() => Int, { description: 'How many there will be.' })
  of!: number

  @Field(() => Genotype)
  genotype!: Genotype

  @Field(() => Float, { description: 'Of the network that was trained.' })
  parameters!: number

  @Field(() => Float, { description: 'On the images that validate, in [0, 1].' })
  validationAccuracy!: number

  @Field(() => Float)
  seconds!: number

  @Field(() => Boolean, { description: 'Whether it was the best so far.' })
  best!: boolean
}

const nodes = (cell: GenotypeCell): GenotypeNode[] => cell.map((edges) => ({ edges }))

export const shownGenotype = (value: GenotypeValue): Genotype => ({
  space: value.space,
  value,
  normal: nodes(value.normal),
  reduction: value.reduction ? nodes(value.reduction) : null,
})
