// A genotype, as the API shows it.
import type { Genotype as GenotypeValue, GenotypeCell } from '@cellboard/schema/genotype'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'

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
  @Field(() => String)
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

const nodes = (cell: GenotypeCell): GenotypeNode[] => cell.map((edges) => ({ edges }))

export const shownGenotype = (value: GenotypeValue): Genotype => ({
  space: value.space,
  value,
  normal: nodes(value.normal),
  reduction: value.reduction ? nodes(value.reduction) : null,
})
