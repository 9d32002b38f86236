// Watching a board.
import { Arg, ID, Int, Resolver, Root, Subscription } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { checkSize } from '../graphql/paging.js'
import { boardChanges } from './board-changes.js'
import { BoardChange } from './board.type.js'
import { findBoard } from './find-board.js'

interface ChangesArgs {
  id: string
  top?: number | null
}

@Resolver()
export class BoardChangesResolver {
  @Subscription(() => BoardChange, {
    description:
      'What moves on a board, at most six times a second: the rows that moved, with their places before and after.',
    subscribe: async ({ args, context }: { args: unknown; context: Context }) => {
      const { id, top } = args as ChangesArgs
      const board = await findBoard(context, id)
      return boardChanges(context, board.id, checkSize('top', top ?? 100, 200))
    },
  })
  leaderboardChanged(
    @Root() change: BoardChange,
    @Arg('id', () => ID, { description: 'As in board-1.' }) _id: string,
    @Arg('top', () => Int, {
      nullable: true,
      defaultValue: 100,
      description: 'Places that are watched, from the first: 1 to 200.',
    })
    _top: number | null,
  ): BoardChange {
    return change
  }
}
