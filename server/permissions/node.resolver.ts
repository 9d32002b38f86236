// Anything by its global id.
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import { seenArchitecture } from '../architectures/find.js'
import { seenEntry } from '../boards/placed.js'
import type { Context } from '../graphql/context.js'
import { Node } from '../runs/run.type.js'
import { findNode } from './located.js'

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'Anything by its global id; null where there is no such thing that the viewer sees.',
  })
  async node(
    @Arg('id', () => ID, { description: 'As in search-1, group-1, team-1.' }) id: string,
    @Ctx() context: Context,
  ): Promise<object | null> {
    return (await seenArchitecture(context, id)) ?? (await seenEntry(context, id)) ?? findNode(context.em, id)
  }
}
