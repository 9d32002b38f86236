// When a training ends before its last epoch: no better validation accuracy for so many epochs.
import type { EpochLook } from './training-checkpoint.js'

/**
 * Why to stop after the last of these epochs, or null to go on. An accuracy is better when it is larger than all before; epochs that
 * did not look at the validation images count as epochs without a better one.
 * @param patience epochs; 0: never
 * @param epoch the last that is done
 */
export function outOfPatience(
  patience: number,
  looks: readonly EpochLook[],
  epoch: number,
): { reason: string; best: number } | null {
  if (patience === 0) return null
  let best: { readonly epoch: number; readonly accuracy: number } | null = null
  for (const { epoch: at, validationAccuracy: accuracy } of looks)
    if (accuracy !== undefined && accuracy > (best?.accuracy ?? -Infinity)) best = { epoch: at, accuracy }
  if (!best || epoch - best.epoch < patience) return null
  const percent = (100 * best.accuracy).toFixed(2)
  return {
    reason: `No epoch validated better than epoch ${best.epoch} (${percent} %) for ${patience} epochs.`,
    best: best.epoch,
  }
}
