// Groups of searches: what they looked for, what they found, and random search beside them.
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql'
import { hashOf } from '../architectures/architecture-id.js'
import type { Context } from '../graphql/context.js'
import { isSearch } from '../runs/run.table.js'
import type { RunGroupRow } from '../runs/group.table.js'
import { RunGroup } from '../runs/group.type.js'
import { baselineOf, startRandomBaseline } from './baseline.js'
import { FoundGenotype, shownGenotype } from './genotype.type.js'
import { SearchMethod } from './search.input.js'
import { seenOf } from './seen.js'

@Resolver(() => RunGroup)
export class SearchGroupResolver {
  @Mutation(() => RunGroup, {
    description:
      "Queues random search beside a group, one run for each finished search and with its seed, at equal cost: cells as deep and wide as the searches' last stage, as many of them as fit into the searches' mean seconds. A cell's seconds are reckoned from its multiply-adds and the pace of these searches; compare `cost` of both groups for what it came to. CONFLICT until all searches have ended.",
  })
  startRandomBaseline(
    @Arg('group', () => ID, { description: 'A group of searches that have ended.' }) group: string,
    @Arg('epochs', () => Int, {
      nullable: true,
      description: 'Epochs of each cell; 10, or as many as a stage had where these were fewer, when absent.',
    })
    epochs: number | null,
    @Ctx() context: Context,
  ): Promise<RunGroupRow> {
    return startRandomBaseline(context, group, epochs)
  }

  @FieldResolver(() => SearchMethod, { nullable: true, description: 'Null for a group of trainings.' })
  async method(@Root() group: RunGroupRow, @Ctx() { loaders }: Context): Promise<SearchMethod | null> {
    const [first] = await loaders.runsOfGroup.load(group.id)
    return first && isSearch(first) ? (first.settings.method.toUpperCase() as SearchMethod) : null
  }

  @FieldResolver(() => [FoundGenotype], {
    description: 'What the runs found or trained, each architecture once: the one found most often first.',
  })
  async genotypes(@Root() group: RunGroupRow, @Ctx() { em, loaders }: Context): Promise<FoundGenotype[]> {
    const found = new Map<string, FoundGenotype>()
    const runs = await loaders.runsOfGroup.load(group.id)
    const all = await Promise.all(runs.map((run) => seenOf(em, run)))
    for (const [i, run] of runs.entries()) {
      const { genotype, genotypeFinal } = all[i]!
      if (!genotype || !genotypeFinal) continue
      const hash = hashOf(genotype)
      const same = found.get(hash) ?? { genotype: shownGenotype(genotype), hash, seeds: [] }
      found.set(hash, { ...same, seeds: [...same.seeds, run.settings.seed] })
    }
    return [...found.values()].sort((a, b) => b.seeds.length - a.seeds.length)
  }

  @FieldResolver(() => RunGroup, {
    nullable: true,
    description: 'Random search at equal cost beside it, the newest; see startRandomBaseline.',
  })
  randomBaseline(@Root() group: RunGroupRow, @Ctx() { em }: Context): Promise<RunGroupRow | null> {
    return baselineOf(em, group.id)
  }

  @FieldResolver(() => RunGroup, { nullable: true, description: 'The group whose random baseline this is.' })
  async baselineOf(@Root() group: RunGroupRow, @Ctx() { loaders }: Context): Promise<RunGroupRow | null> {
    return group.baselineOf == null ? null : loaders.group.load(group.baselineOf)
  }
}
