// How fast this machine computes, measured in finished epochs: what a preview's duration is reckoned from.
import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { RunKind } from '../runs/run.table.js'

export const PaceTable = defineEntity({
  name: 'Pace',
  tableName: 'pace',
  properties: {
    /** Supernets and the networks of a genotype differ in what a multiply-add costs. */
    kind: p.string().$type<RunKind>().primary(),
    backend: p.string().primary(),
    device: p.string().primary(),
    /** Multiply-adds of the forward pass, times images, a second of training. */
    multiplyAddsPerSecond: p.double().$type<number>(),
    measuredAt: p.datetime(),
  },
})
export type Pace = InferEntity<typeof PaceTable>
