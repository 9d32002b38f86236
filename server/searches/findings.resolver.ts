// What a search has found so far, read from its log.
import { genotypeText } from '@cellboard/schema/genotype-text'
import type { CellKind as CellKindName } from '@cellboard/schema/spaces'
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import type { SearchRow } from '../runs/run.table.js'
import { Clustering } from './clustering.type.js'
import { CollapseReport, EarlyStop } from './collapse.type.js'
import { StageDepth } from './depth.type.js'
import { candidatesOf, clusteringsOf, collapseOf, depthsOf } from './findings.js'
import { Genotype, GenotypeAt, GenotypeStyle, shownGenotype, TrainedCandidate } from './genotype.type.js'
import { Search } from './search.type.js'
import { seenOf } from './seen.js'
import { CellKind } from './space.type.js'
import { Edge, Stage } from './stage.type.js'
import { stagesOf } from './stages.js'

@Resolver(() => Search)
export class FindingsResolver {
  @FieldResolver(() => [Stage], { description: 'In order of their index.' })
  async stages(@Root() run: SearchRow, @Ctx() { em }: Context): Promise<Stage[]> {
    return stagesOf(await seenOf(em, run), run.state)
  }

  @FieldResolver(() => [Clustering], {
    description: 'Which operators are alike: one for both kinds of cell, or one for each; empty until it is known.',
  })
  async clusterings(@Root() run: SearchRow, @Ctx() { em }: Context): Promise<Clustering[]> {
    return clusteringsOf(await seenOf(em, run))
  }

  @FieldResolver(() => [StageDepth], { description: 'The depth of each stage, and what it was matched by.' })
  async depths(@Root() run: SearchRow, @Ctx() { em }: Context): Promise<StageDepth[]> {
    return depthsOf(await seenOf(em, run))
  }

  @FieldResolver(() => CollapseReport, { nullable: true, description: 'Null until the first epoch is measured.' })
  async collapse(@Root() run: SearchRow, @Ctx() { em }: Context): Promise<CollapseReport | null> {
    return collapseOf(await seenOf(em, run))
  }

  @FieldResolver(() => [EarlyStop], { description: 'The stages that ended before their last epoch.' })
  async stops(@Root() run: SearchRow, @Ctx() { em }: Context): Promise<readonly EarlyStop[]> {
    return (await seenOf(em, run)).stops
  }

  @FieldResolver(() => [TrainedCandidate], { description: 'The cells that a random search has trained so far.' })
  async candidates(@Root() run: SearchRow, @Ctx() { em }: Context): Promise<TrainedCandidate[]> {
    return candidatesOf(await seenOf(em, run))
  }

  @FieldResolver(() => Genotype, { nullable: true, description: 'The result; null until it is derived.' })
  async genotype(@Root() run: SearchRow, @Ctx() { em }: Context): Promise<Genotype | null> {
    const { genotype, genotypeFinal } = await seenOf(em, run)
    return genotype && genotypeFinal ? shownGenotype(genotype) : null
  }

  @FieldResolver(() => [GenotypeAt], { description: 'What would have been derived after each epoch.' })
  async genotypeHistory(@Root() run: SearchRow, @Ctx() { em }: Context): Promise<GenotypeAt[]> {
    const { genotypes } = await seenOf(em, run)
    return genotypes.map(({ stage, epoch, genotype }) => ({ stage, epoch, genotype: shownGenotype(genotype) }))
  }
}

@Resolver(() => Stage)
export class StageResolver {
  @FieldResolver(() => [Edge], { description: 'All of them, or those of one kind of cell.' })
  edges(
    @Root() stage: Stage,
    @Arg('cell', () => CellKind, { nullable: true, description: 'Of this kind of cell only.' })
    cell: CellKindName | null,
  ): Edge[] {
    return cell ? stage.allEdges.filter((edge) => edge.cell === cell) : stage.allEdges
  }
}

@Resolver(() => Genotype)
export class GenotypeResolver {
  @FieldResolver(() => String, { description: 'In the notation of the field, or as JSON.' })
  text(
    @Root() { value }: Genotype,
    @Arg('style', () => GenotypeStyle, {
      nullable: true,
      defaultValue: GenotypeStyle.PUBLISHED,
      description: 'Which notation.',
    })
    style: GenotypeStyle | null,
  ): string {
    return style === GenotypeStyle.JSON ? JSON.stringify(value) : genotypeText(value)
  }
}
