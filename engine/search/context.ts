// What a search works on, whatever its method.
import type { DatasetFacts } from '@cellboard/schema/datasets'
import type { Space } from '@cellboard/schema/spaces'
import type { Checkpoint } from '../checkpoint.js'
import type { Images } from '../data/images.js'

export interface SearchContext {
  readonly space: Space
  readonly facts: DatasetFacts
  readonly train: Images
  readonly validation: Images
  readonly stepsPerEpoch: number
  readonly signal: AbortSignal | undefined
  readonly checkpointFolder: string | undefined
  /** The checkpoint that the search goes on from. */
  readonly resumed: Checkpoint | null
}
