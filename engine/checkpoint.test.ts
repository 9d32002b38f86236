// Checkpoints: what is written comes back, a broken one falls back, foreign settings are refused.
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.js'

const settings = resolveSettings(searchSettingsSchema.parse({ dataset: 'digits', seed: 3 }))
const checkpointOf = (epoch: number): Checkpoint => ({
  settings,
  stage: 2,
  epoch,
  step: 100 + epoch,
  decided: { logits: { 1: [[0.5, Number.MIN_VALUE]] } },
  history: [],
  tensors: {
    weights: { shape: [3], values: Float32Array.of(1, NaN, -Infinity) },
    alphas: { shape: [1, 2], values: Float32Array.of(0.1, 0.2) },
  },
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checkpoint-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('checkpoint', () => {
  it('comes back as it was written, to the bit', () => {
    writeCheckpoint(folder, checkpointOf(7))
    expect(readCheckpoint(folder, settings)).toEqual({ kind: 'search', ...checkpointOf(7) })
  })

  it('is none in an empty or missing folder', () => {
    expect(readCheckpoint(folder, settings)).toBeNull()
    expect(readCheckpoint(join(folder, 'missing'), settings)).toBeNull()
  })

  it('falls back to the one before when the newest is cut short', () => {
    writeCheckpoint(folder, checkpointOf(1))
    writeCheckpoint(folder, checkpointOf(2))
    truncateSync(join(folder, 'checkpoint'), 200)
    expect(readCheckpoint(folder, settings)?.epoch).toBe(1)
  })

  it('tells of a flipped bit when no whole one is left', () => {
    writeCheckpoint(folder, checkpointOf(1))
    const bytes = readFileSync(join(folder, 'checkpoint'))
    bytes[bytes.length - 40]! ^= 1
    writeFileSync(join(folder, 'checkpoint'), bytes)
    expect(() => readCheckpoint(folder, settings)).toThrow(/content does not match its hash/)
  })

  it('refuses a checkpoint of other settings, naming them', () => {
    writeCheckpoint(folder, checkpointOf(1))
    expect(() => readCheckpoint(folder, { ...settings, seed: 4, batch: 32 })).toThrow(/other settings: seed, batch/)
  })
})
