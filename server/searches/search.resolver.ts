// Searches: asking for one or for a group, and what they would cost.
import { DATASET_NAMES } from '@cellboard/schema/datasets'
import { spaceOf } from '@cellboard/schema/space-of'
import { SPACES } from '@cellboard/schema/spaces'
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import type { RunRow, SearchRow } from '../runs/run.table.js'
import { MOST_SEEDS } from '../runs/start-runs.js'
import { previewSearch } from './preview.js'
import { SearchPreview } from './search-preview.type.js'
import { SearchInput, SearchMethod } from './search.input.js'
import { Search } from './search.type.js'
import { Dataset, SearchSpace } from './space.type.js'
import { shownDataset } from './shown-dataset.js'
import { startSearch } from './start-search.js'

@Resolver(() => Search)
export class SearchResolver {
  @Query(() => [SearchSpace], { description: 'What a search can look in.' })
  spaces(): SearchSpace[] {
    return Object.values(SPACES)
  }

  @Query(() => [Dataset], { description: 'What a search can take.' })
  datasets(@Ctx() { house }: Context): Dataset[] {
    return DATASET_NAMES.map((name) => shownDataset(name, house.config))
  }

  @Query(() => SearchPreview, {
    description:
      'Parameters, memory and time of a search before anything is started, checked with the rules of startSearch.',
  })
  previewSearch(
    @Arg('input', () => SearchInput, { description: 'Settings; what is left out takes its default.' })
    input: SearchInput,
    @Ctx() { em, house }: Context,
  ): Promise<SearchPreview> {
    return previewSearch(em, house.config, input)
  }

  @Mutation(() => Search, {
    description:
      'Queues a search, or with `seeds` one search for each, gathered in a group: then answers with the first, whose `group` has them all. Answers at once; follow it with runFeed.',
  })
  startSearch(
    @Arg('input', () => SearchInput, { description: 'Settings; what is left out takes its default.' })
    input: SearchInput,
    @Arg('seeds', () => [Int], {
      nullable: true,
      description: `Up to ${MOST_SEEDS} different seeds, in place of the one in the input.`,
    })
    seeds: number[] | null,
    @Arg('project', () => ID, {
      nullable: true,
      description: "Where it goes, which decides who sees it: the viewer's first project when absent.",
    })
    project: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<RunRow> {
    return startSearch(context, input, { seeds, project: project ?? null })
  }

  @FieldResolver(() => SearchMethod, { description: 'How it searches.' })
  method(@Root() run: SearchRow): SearchMethod {
    return run.settings.method.toUpperCase() as SearchMethod
  }

  @FieldResolver(() => SearchSpace, { description: 'What it may find.' })
  space(@Root() run: SearchRow): SearchSpace {
    return spaceOf(run.settings)
  }

  @FieldResolver(() => Dataset, { description: 'What it is computed on.' })
  dataset(@Root() run: SearchRow, @Ctx() { house }: Context): Dataset {
    return shownDataset(run.settings.dataset, house.config)
  }
}
