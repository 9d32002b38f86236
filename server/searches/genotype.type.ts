// A genotype, as the API shows it.
import type { Genotype as GenotypeValue, GenotypeCell } from '@cellboard/schema/genotype'
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql'

export enum GenotypeStyle {
  PUBLISHED = 'PUBLISHED',
  JSON = 'JSON',
}
registerEnumType(GenotypeStyle, {
  name: 'GenotypeStyle',
  description: 'How a genotype is written.',
  valuesConfig: {
    PUBLISHED: { description: "The space's own notation: DARTS' named tuple, NAS-Bench-201's string." },
    JSON: { description: 'As schema/genotype.ts describes it.' },
  },
})

@ObjectType({ description: 'One kept edge of a cell.' })
export class GenotypeEdge {
  @Field(() => String, { description: 'Name of the operator.' })
  operator!: string

  @Field(() => Int, { description: 'Number of the state that it reads: inputs first, then nodes.' })
  from!: number
}

@ObjectType({ description: 'One node of a cell: the sum of its edges.' })
export class GenotypeNode {
  @Field(() => [GenotypeEdge], { description: 'The edges that it sums.' })
  edges!: GenotypeEdge[]
}

@ObjectType({ description: 'The operators that a derived cell keeps, and what each reads.' })
export class Genotype {
  @Field(() => String, { description: 'The network that its cells are made for: darts or nas-bench-201.' })
  space!: string

  /** As the engine derived it; what `text` writes. */
  value!: GenotypeValue

  @Field(() => [GenotypeNode], { description: 'One for each node, in order.' })
  normal!: GenotypeNode[]

  @Field(() => [GenotypeNode], {
    nullable: true,
    description: 'Null where a space does not search its reductions.',
  })
  reduction!: GenotypeNode[] | null
}

@ObjectType({ description: 'What would have been derived after an epoch.' })
export class GenotypeAt {
  @Field(() => Int, { description: 'Index of the stage.' })
  stage!: number

  @Field(() => Int, { description: 'From 1, within the stage.' })
  epoch!: number

  @Field(() => Genotype, { description: 'What would have been derived.' })
  genotype!: Genotype
}

@ObjectType({ description: 'One result of a group, and who found it.' })
export class FoundGenotype {
  @Field(() => Genotype, { description: 'As the first of these seeds found it.' })
  genotype!: Genotype

  /** Of its architecture. */
  hash!: string

  @Field(() => [Int], { description: 'Of the runs that found it.' })
  seeds!: number[]
}

@ObjectType({ description: 'A cell that a random search trained.' })
export class TrainedCandidate {
  @Field(() => Int, { description: '1, 2, 3 in the order of training.' })
  number!: number

  @Field(() => Int, { description: 'How many there will be.' })
  of!: number

  @Field(() => Genotype, { description: 'The cell.' })
  genotype!: Genotype

  @Field(() => Float, { description: 'Of the network that was trained.' })
  parameters!: number

  @Field(() => Float, { description: 'On the images that validate, in [0, 1].' })
  validationAccuracy!: number

  @Field(() => Float, { description: 'Seconds of computing.' })
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
