// How the trained network does on all test images: what is told of it at the end.
import type { TestMeasured } from '@cellboard/schema/events'
import type { Verdict } from '../learning/verdict.js'
import { testReport } from './test-report.js'
import { heeding, type TrainingRun } from './train-epoch.js'

/** Every test image counts once. The best epoch is the earliest of equal ones. */
export async function measureTest({ training, feed, data, signal, position }: TrainingRun): Promise<TestMeasured> {
  const verdicts: Verdict[] = []
  const { loss, accuracy, images } = await training.evaluate(heeding(feed.still('test'), signal), (verdict) =>
    verdicts.push(verdict),
  )
  const { epoch, looks } = position
  const tested = [...looks, { epoch, testAccuracy: accuracy }].flatMap(({ epoch, testAccuracy }) =>
    testAccuracy === undefined ? [] : [{ epoch, accuracy: testAccuracy }],
  )
  const best = tested.reduce((best, one) => (one.accuracy > best.accuracy ? one : best))
  const report = await testReport(verdicts, data.test, data.facts)
  return { type: 'test-measured', epoch, images, loss, accuracy, best, ...report }
}
