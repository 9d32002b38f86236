// DARTS: one supernet with all candidates on every edge; weights and logits in turn (bi-level), or together (one-level).
import type { EngineEvent } from '@cellboard/schema/events'
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import { allCandidates } from '../space/candidates.js'
import { countSupernet } from '../space/cost.js'
import { Clock } from '../learning/clock.js'
import type { SearchContext } from './context.js'
import { deriverOf } from './derive.js'
import { scheduleOf } from './schedule.js'
import { runStage } from './stage.js'
import { zeroAttention } from './zero-attention.js'

/** Liu et al. 2019 (quark0/darts, cnn/train_search.py); with `earlyStop`, as RobustDARTS and DARTS+ stop it. */
export async function* darts(settings: ResolvedSearchSettings, context: SearchContext): AsyncGenerator<EngineEvent> {
  const { space, facts, stepsPerEpoch, resumed } = context
  const { stage1Cells: cells, channels, epochs } = settings
  const candidates = allCandidates(space)
  const derive = deriverOf(settings, context)
  const shape = { channels, cells, classes: facts.classes, imageChannels: facts.channels, imageSize: facts.size }
  const work = countSupernet({ space, ...shape, candidates }).multiplyAdds
  const clock = new Clock(
    scheduleOf(settings).map((one) => ({ stage: one.stage, steps: one.epochs * stepsPerEpoch, work })),
  )

  let logits = resumed?.decided.logits?.[1]
  if (!logits) {
    yield { type: 'depth-matched', stage: 1, cells, origin: 'given' }
    const plan = { stage: 1, space, cells, epochs, candidates, decided: {} } as const
    const outcome = yield* runStage(
      { ...plan, derive: (logits) => derive(candidates, logits) },
      settings,
      context,
      clock,
    )
    logits = outcome.logits
  }
  const genotype = derive(candidates, logits)
  if (settings.zeroAttention) yield* zeroAttention(genotype, cells, { logits: { 1: logits } }, settings, context, clock)
  yield { type: 'genotype-derived', stage: 1, epoch: epochs, final: true, genotype }
}
