// Trainings: asking for one or for a group, what they would cost, and what has come of them.
import { parseGenotype } from '@cellboard/engine/facts'
import { Arg, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { checkSize } from '../graphql/paging.js'
import type { RunRow, SearchRow, TrainingRow } from '../runs/run.table.js'
import { MOST_SEEDS } from '../runs/start-runs.js'
import { EarlyStop } from '../searches/collapse.type.js'
import { Genotype, shownGenotype } from '../searches/genotype.type.js'
import { Search } from '../searches/search.type.js'
import { seenOf } from '../searches/seen.js'
import { Dataset } from '../searches/space.type.js'
import { datasetOf, shownTrainingDatasets } from './dataset.js'
import { previewTraining } from './preview.js'
import { startTraining } from './start-training.js'
import { TrainingInput } from './training.input.js'
import { TrainingPreview } from './training-preview.type.js'
import { Training, TrainingEpoch, TrainingResult } from './training.type.js'

@Resolver(() => Training)
export class TrainingResolver {
  @Query(() => [Dataset], { description: "What a training can take, besides `own`: one's own folder of images." })
  trainingDatasets(@Ctx() { house }: Context): Dataset[] {
    return shownTrainingDatasets(house.config)
  }

  @Query(() => TrainingPreview, {
    description:
      'Parameters, multiply-adds, memory and time of a training before anything is started, checked with the rules of startTraining.',
  })
  previewTraining(
    @Arg('input', () => TrainingInput, { description: 'Settings; what is left out takes its default.' })
    input: TrainingInput,
    @Ctx() { em, house }: Context,
  ): Promise<TrainingPreview> {
    return previewTraining(em, house.config, input)
  }

  @Mutation(() => Training, {
    description:
      'Queues a training, or with `seeds` one for each, gathered in a group: then answers with the first, whose `group` has them all. Answers at once; follow it with runFeed.',
  })
  startTraining(
    @Arg('input', () => TrainingInput, { description: 'Settings; what is left out takes its default.' })
    input: TrainingInput,
    @Arg('seeds', () => [Int], {
      nullable: true,
      description: `Up to ${MOST_SEEDS} different seeds, in place of the one in the input.`,
    })
    seeds: number[] | null,
    @Arg('search', () => ID, {
      nullable: true,
      description: 'The search whose cell it is: its result, where the input names no genotype.',
    })
    search: string | null | undefined,
    @Arg('project', () => ID, {
      nullable: true,
      description: "Where it goes, which decides who sees it: the viewer's first project when absent.",
    })
    project: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<RunRow> {
    return startTraining(context, input, { seeds, project: project ?? null, searchId: search ?? null })
  }

  @FieldResolver(() => Genotype, { description: 'The cell that it trains.' })
  genotype(@Root() run: TrainingRow): Genotype {
    return shownGenotype(parseGenotype(run.settings.genotype))
  }

  @FieldResolver(() => Dataset, { description: 'What it is computed on.' })
  async dataset(@Root() run: TrainingRow, @Ctx() { em, house }: Context): Promise<Dataset> {
    return datasetOf(run.settings, await seenOf(em, run), house.config)
  }

  @FieldResolver(() => Search, {
    nullable: true,
    description: 'The search that found its cell; null for any other cell.',
  })
  async search(@Root() { searchId }: TrainingRow, @Ctx() { loaders }: Context): Promise<RunRow | null> {
    return searchId == null ? null : loaders.run.load(searchId)
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Of the network that is handed out, without an auxiliary head; null until it is built.',
  })
  async parameters(@Root() run: TrainingRow, @Ctx() { em }: Context): Promise<number | null> {
    return (await seenOf(em, run)).network?.parameters ?? null
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Multiply-adds of convolutions and linear layers for one image, forward; null until it is built.',
  })
  async multiplyAdds(@Root() run: TrainingRow, @Ctx() { em }: Context): Promise<number | null> {
    return (await seenOf(em, run)).network?.multiplyAdds ?? null
  }

  @FieldResolver(() => [String], { description: 'One for each class, from class 0; empty until the images are read.' })
  async classNames(@Root() run: TrainingRow, @Ctx() { em }: Context): Promise<readonly string[]> {
    return (await seenOf(em, run)).network?.classNames ?? []
  }

  @FieldResolver(() => [String], { description: 'Files of the images that were left out, and why; a sentence each.' })
  async leftOut(@Root() run: TrainingRow, @Ctx() { em }: Context): Promise<readonly string[]> {
    return (await seenOf(em, run)).network?.leftOut ?? []
  }

  @FieldResolver(() => [TrainingEpoch], { description: 'The epochs that are done, in order.' })
  async epochs(@Root() run: TrainingRow, @Ctx() { em }: Context): Promise<readonly TrainingEpoch[]> {
    return (await seenOf(em, run)).stages[0]?.done ?? []
  }

  @FieldResolver(() => EarlyStop, { nullable: true, description: 'Where it ended before its last epoch, and why.' })
  async stop(@Root() run: TrainingRow, @Ctx() { em }: Context): Promise<EarlyStop | null> {
    return (await seenOf(em, run)).stops.at(-1) ?? null
  }

  @FieldResolver(() => TrainingResult, { nullable: true, description: 'Null until the last epoch is done.' })
  async result(@Root() run: TrainingRow, @Ctx() { em }: Context): Promise<TrainingResult | null> {
    return (await seenOf(em, run)).test
  }
}

@Resolver(() => Search)
export class TrainingsOfSearchResolver {
  @FieldResolver(() => [Training], { description: 'Trainings of what it found, the newest first.' })
  async trainings(
    @Root() { id }: SearchRow,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'Entries at most.' })
    first: number | null,
    @Ctx() { loaders }: Context,
  ): Promise<RunRow[]> {
    const most = checkSize('first', first ?? 50, 200)
    return (await loaders.trainingsOfSearch.load(id)).slice(0, most)
  }
}
