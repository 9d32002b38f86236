// What a reader of one's own pictures found, before any is drawn or decoded: classes, and pictures as files or as pixels.
import { EngineError } from '../../errors.js'

export interface FoundFiles {
  readonly kind: 'files'
  readonly files: readonly string[]
  /** [count], each below the number of classes. */
  readonly labels: Int32Array
}

export interface FoundPixels {
  readonly kind: 'pixels'
  /** [count, height, width, channels], 0 to 255. */
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: number
  readonly labels: Int32Array
}

export interface FoundPictures<Part extends FoundFiles | FoundPixels = FoundFiles | FoundPixels> {
  readonly classNames: readonly string[]
  readonly train: Part
  /** Null where the pictures come without a test part. */
  readonly test: Part | null
  /** What was left out, or taken otherwise than it stands, and why: a sentence each. */
  readonly notes: readonly string[]
}

/** Something in one's own data is not as it must be. @param place file, and line or entry where there is one */
export const wrongData = (place: string, message: string, hint: string) =>
  new EngineError('BAD_DATA', `${place}: ${message}.`, hint)

/** Refuses classes that nothing trains: numbers between others, or names that only a test part knows. */
export function refuseEmptyClasses(
  place: string,
  { classNames, train }: Pick<FoundPictures, 'classNames' | 'train'>,
): void {
  const counts = new Array<number>(classNames.length).fill(0)
  for (const label of train.labels) counts[label]!++
  const empty = classNames.filter((_, label) => counts[label] === 0)
  if (empty.length === 0) return
  const few = empty.slice(0, 5).join(', ')
  const more = empty.length > 5 ? ` and ${empty.length - 5} more` : ''
  throw wrongData(
    place,
    `Expected training pictures of every class, but there is none of ${empty.length === 1 ? 'class' : 'the classes'} ${few}${more}`,
    'Add pictures of it, or take the class away; classes that are numbers go from 0 on without a gap.',
  )
}
