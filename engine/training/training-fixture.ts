// A small training for tests: digits, a cell that is quick to build, everything of the recipe that draws or averages switched on.
import type { EngineEvent } from '@cellboard/schema/events'
import {
  resolveTrainingSettings,
  trainingSettingsSchema,
  type ResolvedTrainingSettings,
  type TrainingSettingsInput,
} from '@cellboard/schema/training-settings'

export const QUICK_CELL = '|nor_conv_3x3~0|+|nor_conv_1x1~0|none~1|+|skip_connect~0|none~1|nor_conv_3x3~2|'

export const quickTraining = (more: TrainingSettingsInput = {}): ResolvedTrainingSettings =>
  resolveTrainingSettings(
    trainingSettingsSchema.parse({
      ...{ genotype: QUICK_CELL, dataset: 'digits', cells: 1, channels: 4, images: 160, testImages: 50, batch: 32 },
      ...{ epochs: 2, dropPath: 0.3, labelSmoothing: 0.1, cutout: 2, ema: 0.9, workers: 0, formats: [] },
      ...more,
    }),
    'nas-bench-201',
  )

/** Everything that two trainings of the same settings have in common: no durations. */
export const timeless = (events: readonly EngineEvent[]): unknown[] =>
  events.map((event) => {
    const { seconds: _, etaSeconds: __, ...rest } = event as Record<string, unknown>
    if (event.type !== 'step-finished') return rest
    const { 'step-seconds': ___, ...metrics } = event.metrics
    return { ...rest, metrics }
  })
