// Searches: asking for one, what it would cost, and what it has found so far.
import { checkData } from '@cellboard/engine/facts'
import { DATASET_NAMES, DATASETS, type DatasetName } from '@cellboard/schema/datasets'
import { genotypeText } from '@cellboard/schema/genotype'
import { spaceOf } from '@cellboard/schema/space-of'
import { SPACES, type CellKind as CellKindName } from '@cellboard/schema/spaces'
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Config } from '../config.js'
import { badInput } from '../errors.js'
import type { Context } from '../graphql/context.js'
import type { RunRow } from '../runs/run.table.js'
import { queueRun } from '../runs/state.js'
import { checkInput } from './check-input.js'
import { Clustering } from './clustering.type.js'
import { CollapseReport, EarlyStop } from './collapse.type.js'
import { StageDepth } from './depth.type.js'
import { candidatesOf, clusteringsOf, collapseOf, depthsOf } from './findings.js'
import { Genotype, GenotypeAt, GenotypeStyle, shownGenotype, TrainedCandidate } from './genotype.type.js'
import { previewSearch } from './preview.js'
import { SearchPreview } from './search-preview.type.js'
import { SearchInput, SearchMethod } from './search.input.js'
import { Search } from './search.type.js'
import { seenOf } from './seen.js'
import { CellKind, Dataset, SearchSpace } from './space.type.js'
import { Edge, Stage } from './stage.type.js'
import { stagesOf } from './stages.js'

function shownDataset(name: DatasetName, { dataFolder }: Config): Dataset {
  const { available, folder } = checkData(name, dataFolder)
  return { name, ...DATASETS[name], available, folder }
}

@Resolver(() => Search)
export class SearchResolver {
  @Query(() => [SearchSpace])
  spaces(): SearchSpace[] {
    return Object.values(SPACES)
  }

  @Query(() => [Dataset])
  datasets(@Ctx() { house }: Context): Dataset[] {
    return DATASET_NAMES.map((name) => shownDataset(name, house.config))
  }

  @Query(() => SearchPreview, {
    description:
      'Parameters, memory and time of a search before anything is started, checked with the rules of startSearch.',
  })
  previewSearch(
    @Arg('input', () => SearchInput) input: SearchInput,
    @Ctx() { em, house }: Context,
  ): Promise<SearchPreview> {
    return previewSearch(em, house.config, input)
  }

  @Mutation(() => Search, { description: 'Queues one search. Answers at once; follow it with runFeed.' })
  async startSearch(
    @Arg('input', () => SearchInput) input: SearchInput,
    @Ctx() { em, house }: Context,
  ): Promise<RunRow> {
    const { settings, problems } = checkInput(input, house.config.dataFolder)
    if (!settings || problems.length > 0)
      throw badInput(
        `Expected settings of a search that is possible: ${problems.map(({ message }) => message).join(' ')}`,
        problems,
      )
    const name =
      input.name?.trim() || `${spaceOf(settings).title} on ${DATASETS[settings.dataset].title}, seed ${settings.seed}`
    const run = await queueRun(em, { name, settings })
    house.bells.ring(run.id)
    house.runner.wake()
    return run
  }

  @FieldResolver(() => SearchMethod)
  method(@Root() run: RunRow): SearchMethod {
    return run.settings.method.toUpperCase() as SearchMethod
  }

  @FieldResolver(() => SearchSpace)
  space(@Root() run: RunRow): SearchSpace {
    return spaceOf(run.settings)
  }

  @FieldResolver(() => Dataset)
  dataset(@Root() run: RunRow, @Ctx() { house }: Context): Dataset {
    return shownDataset(run.settings.dataset, house.config)
  }

  @FieldResolver(() => [Stage], { description: 'In order of their index.' })
  async stages(@Root() run: RunRow, @Ctx() { em }: Context): Promise<Stage[]> {
    return stagesOf(await seenOf(em, run), run.state)
  }

  @FieldResolver(() => [Clustering], {
    description: 'Which operators are alike: one for both kinds of cell, or one for each; empty until it is known.',
  })
  async clusterings(@Root() run: RunRow, @Ctx() { em }: Context): Promise<Clustering[]> {
    return clusteringsOf(await seenOf(em, run))
  }

  @FieldResolver(() => [StageDepth], { description: 'The depth of each stage, and what it was matched by.' })
  async depths(@Root() run: RunRow, @Ctx() { em }: Context): Promise<StageDepth[]> {
    return depthsOf(await seenOf(em, run))
  }

  @FieldResolver(() => CollapseReport, { nullable: true, description: 'Null until the first epoch is measured.' })
  async collapse(@Root() run: RunRow, @Ctx() { em }: Context): Promise<CollapseReport | null> {
    return collapseOf(await seenOf(em, run))
  }

  @FieldResolver(() => [EarlyStop], { description: 'The stages that ended before their last epoch.' })
  async stops(@Root() run: RunRow, @Ctx() { em }: Context): Promise<readonly EarlyStop[]> {
    return (await seenOf(em, run)).stops
  }

  @FieldResolver(() => [TrainedCandidate], { description: 'The cells that a random search has trained so far.' })
  async candidates(@Root() run: RunRow, @Ctx() { em }: Context): Promise<TrainedCandidate[]> {
    return candidatesOf(await seenOf(em, run))
  }

  @FieldResolver(() => Genotype, { nullable: true, description: 'The result; null until it is derived.' })
  async genotype(@Root() run: RunRow, @Ctx() { em }: Context): Promise<Genotype | null> {
    const { genotype, genotypeFinal } = await seenOf(em, run)
    return genotype && genotypeFinal ? shownGenotype(genotype) : null
  }

  @FieldResolver(() => [GenotypeAt], { description: 'What would have been derived after each epoch.' })
  async genotypeHistory(@Root() run: RunRow, @Ctx() { em }: Context): Promise<GenotypeAt[]> {
    const { genotypes } = await seenOf(em, run)
    return genotypes.map(({ stage, epoch, genotype }) => ({ stage, epoch, genotype: shownGenotype(genotype) }))
  }
}

@Resolver(() => Stage)
export class StageResolver {
  @FieldResolver(() => [Edge])
  edges(@Root() stage: Stage, @Arg('cell', () => CellKind, { nullable: true }) cell: CellKindName | null): Edge[] {
    return cell ? stage.allEdges.filter((edge) => edge.cell === cell) : stage.allEdges
  }
}

@Resolver(() => Genotype)
export class GenotypeResolver {
  @FieldResolver(() => String)
  text(
    @Root() { value }: Genotype,
    @Arg('style', () => GenotypeStyle, { nullable: true, defaultValue: GenotypeStyle.PUBLISHED })
    style: GenotypeStyle | null,
  ): string {
    return style === GenotypeStyle.JSON ? JSON.stringify(value) : genotypeText(value)
  }
}
