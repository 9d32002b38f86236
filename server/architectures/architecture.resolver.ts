// Architectures: finding one, what its network costs, what a benchmark knows of it, and the runs that found and trained it.
import { EngineError, type Cost } from '@cellboard/engine/facts'
import type { Genotype as GenotypeValue } from '@cellboard/schema/genotype'
import { RECIPES } from '@cellboard/schema/training-settings'
import { Arg, Args, Ctx, FieldResolver, Float, ID, Int, Query, Resolver, Root } from 'type-graphql'
import { badInput } from '../errors.js'
import type { Context } from '../graphql/context.js'
import type { Loaders } from '../graphql/loaders.js'
import { checkSize, PageArgs } from '../graphql/paging.js'
import type { RunRow } from '../runs/run.table.js'
import { Run } from '../runs/run.type.js'
import { FoundGenotype, Genotype, shownGenotype } from '../searches/genotype.type.js'
import { countTraining } from '../trainings/cost.js'
import { architectureId } from './architecture-id.js'
import {
  Architecture,
  ArchitectureConnection,
  SearchConnection,
  shownArchitecture,
  TabulatedResult,
  TrainingConnection,
} from './architecture.type.js'
import { findArchitecture, pageOfArchitectures } from './find.js'
import { runsOf, type PageOfRuns } from './runs-of.js'
import { tabulatedOf } from './tabulated.js'

const CHANNELS = { nullable: true, description: 'Width of the first cell in channels, 1 to 512.' } as const
const CELLS = { nullable: true, description: 'Depth in cells; in nas-bench-201 cells a block. 1 to 100.' } as const
const CLASSES = { nullable: true, defaultValue: 10, description: 'Classes to tell apart, 1 to 100,000.' } as const

interface Shape {
  readonly channels: number | null | undefined
  readonly cells: number | null | undefined
  readonly classes: number | null
  readonly size: number | null
}

@Resolver(() => Architecture)
export class ArchitectureResolver {
  @Query(() => Architecture, {
    description: 'One architecture by its global id; NOT_FOUND where no run that the viewer sees has it.',
  })
  architecture(
    @Arg('id', () => ID, { description: 'As in architecture-0123456789abcdef.' }) id: string,
    @Ctx() context: Context,
  ): Promise<Architecture> {
    return findArchitecture(context, id)
  }

  @Query(() => ArchitectureConnection, {
    description: 'What the runs that the viewer sees found or trained, the one of the newest run first.',
  })
  architectures(@Args(() => PageArgs) page: PageArgs, @Ctx() context: Context): Promise<ArchitectureConnection> {
    return pageOfArchitectures(context, page)
  }

  @FieldResolver(() => ID, { description: 'As in architecture-0123456789abcdef: the same wherever the cell is found.' })
  id(@Root() { hash }: Architecture): string {
    return architectureId(hash)
  }

  @FieldResolver(() => String, { description: 'The network that its cells are made for: darts or nas-bench-201.' })
  async space(@Root() { hash }: Architecture, @Ctx() { loaders }: Context): Promise<string> {
    return (await cellOf(loaders, hash)).space
  }

  @FieldResolver(() => Genotype, {
    description: 'One of its cells, the same for whoever asks; runs may have it with other numbers.',
  })
  async genotype(@Root() { hash }: Architecture, @Ctx() { loaders }: Context): Promise<Genotype> {
    return shownGenotype(await cellOf(loaders, hash))
  }

  @FieldResolver(() => Float, {
    description:
      'Numbers that its final network learns, without an auxiliary head. Width and depth are the published ones when absent.',
  })
  async parameters(
    @Root() { hash }: Architecture,
    @Arg('channels', () => Int, CHANNELS) channels: number | null | undefined,
    @Arg('cells', () => Int, CELLS) cells: number | null | undefined,
    @Arg('classes', () => Int, CLASSES) classes: number | null,
    @Ctx() { loaders }: Context,
  ): Promise<number> {
    return (await count(loaders, hash, { channels, cells, classes, size: null })).parameters
  }

  @FieldResolver(() => Float, {
    description:
      'Multiply-adds of convolutions and linear layers of its final network for one image, forward. Width and depth are the published ones when absent.',
  })
  async multiplyAdds(
    @Root() { hash }: Architecture,
    @Arg('channels', () => Int, CHANNELS) channels: number | null | undefined,
    @Arg('cells', () => Int, CELLS) cells: number | null | undefined,
    @Arg('classes', () => Int, CLASSES) classes: number | null,
    @Arg('size', () => Int, {
      nullable: true,
      defaultValue: 32,
      description: 'Side of an image in pixels, a multiple of 4, up to 1024.',
    })
    size: number | null,
    @Ctx() { loaders }: Context,
  ): Promise<number> {
    return (await count(loaders, hash, { channels, cells, classes, size })).multiplyAdds
  }

  @FieldResolver(() => [TabulatedResult], {
    description:
      "What NAS-Bench-201 measured of its cells, the best of each data set first; empty for other networks, and where the benchmark's table is not in this server's folder of data.",
  })
  tabulated(@Root() { hash }: Architecture, @Ctx() { house }: Context): Promise<TabulatedResult[]> {
    return tabulatedOf(hash, house.config.dataFolder)
  }

  @FieldResolver(() => SearchConnection, { description: 'Searches whose result it is, the newest first.' })
  foundBy(
    @Root() { hash }: Architecture,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<PageOfRuns> {
    return runsOf(context, hash, { kind: 'search', page })
  }

  @FieldResolver(() => TrainingConnection, { description: 'Trainings of its network, the newest first.' })
  trainedBy(
    @Root() { hash }: Architecture,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<PageOfRuns> {
    return runsOf(context, hash, { kind: 'training', page })
  }
}

async function cellOf({ architecture }: Loaders, hash: string): Promise<GenotypeValue> {
  const row = await architecture.load(hash)
  if (!row) throw new Error(`A run has architecture ${hash}, but it is not in the store.`)
  return row.genotype
}

/** @throws BAD_USER_INPUT where no such network can be built */
async function count(loaders: Loaders, hash: string, { channels, cells, classes, size }: Shape): Promise<Cost> {
  const genotype = await cellOf(loaders, hash)
  const usual = RECIPES[genotype.space === 'nas-bench-201' ? 'nas-bench-201' : 'base']
  const shape = {
    channels: checkSize('channels', channels ?? usual.channels, 512),
    cells: checkSize('cells', cells ?? usual.cells, 100),
    auxiliary: false,
    poolNorm: false,
  }
  const images = {
    classes: checkSize('classes', classes ?? 10, 100_000),
    channels: 3,
    size: checkSize('size', size ?? 32, 1024),
  }
  try {
    return countTraining(shape, genotype, images)
  } catch (error) {
    if (error instanceof EngineError) throw badInput(error.failure.message)
    throw error
  }
}

@Resolver(() => Run)
export class ArchitectureOfRunResolver {
  @FieldResolver(() => Architecture, {
    nullable: true,
    description:
      'Of the cell that it found or trains, shared with all runs of isomorphic cells; null for a search until its cell is derived.',
  })
  architecture(@Root() { architectureHash }: RunRow): Architecture | null {
    return architectureHash == null ? null : shownArchitecture(architectureHash)
  }
}

@Resolver(() => FoundGenotype)
export class ArchitectureOfFoundResolver {
  @FieldResolver(() => Architecture, { description: 'Shared with all runs of isomorphic cells.' })
  architecture(@Root() { hash }: FoundGenotype): Architecture {
    return shownArchitecture(hash)
  }
}
