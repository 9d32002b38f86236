// How a trained network does on the test images, picture by picture: what it mixes up, and its surest mistakes.
import type { Mistake, TestMeasured } from '@cellboard/schema/events'
import type { ImageSource } from '../data/training-data.js'
import type { Verdict } from '../learning/verdict.js'
import { png } from './png.js'

const MOST_MISTAKES = 24
const MOST_PAIRS = 20
/** A matrix of more classes is too large to look at. */
const MOST_CLASSES = 200

type Report = Pick<TestMeasured, 'confusion' | 'mixedUp' | 'mistakes'>

/**
 * @param verdicts one for each test image, in their order
 * @param size side of a picture in pixels
 */
export async function testReport(
  verdicts: readonly Verdict[],
  source: ImageSource,
  { size, channels }: { size: number; channels: number },
): Promise<Report> {
  const { classes } = source
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (const { truth, predicted } of verdicts) counts[truth]![predicted]!++
  return {
    ...(classes <= MOST_CLASSES && { confusion: counts }),
    mixedUp: mixedUp(counts),
    mistakes: await mistakes(verdicts, source, { size, channels }),
  }
}

/** Pairs of different classes, the most frequent first; of equal ones the lower classes. */
const mixedUp = (counts: readonly (readonly number[])[]): Report['mixedUp'] =>
  counts
    .flatMap((row, truth) => row.map((images, predicted) => ({ truth, predicted, images })))
    .filter(({ truth, predicted, images }) => truth !== predicted && images > 0)
    .sort((a, b) => b.images - a.images)
    .slice(0, MOST_PAIRS)

async function mistakes(
  verdicts: readonly Verdict[],
  source: ImageSource,
  { size, channels }: { size: number; channels: number },
): Promise<Mistake[]> {
  const surest = verdicts
    .map((verdict, index) => ({ ...verdict, index }))
    .filter(({ truth, predicted }) => truth !== predicted)
    .sort((a, b) => b.probability - a.probability || a.index - b.index)
    .slice(0, MOST_MISTAKES)
  return Promise.all(
    surest.map(async ({ index, truth, predicted, probability }) => {
      const file = source.fileOf(index)
      const picture = (await png(await source.picture(index), size, channels)).toString('base64')
      return { index, ...(file !== undefined && { file }), truth, predicted, probability, picture }
    }),
  )
}
