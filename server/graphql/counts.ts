// What this server counts about itself, for Prometheus: requests, refusals by rule, open sockets, runs by state. No names, no ids.
import { RUN_STATES } from '@cellboard/schema/run-state'
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import { rows, type Store } from '../store/orm.js'

export type Way = 'http' | 'socket'

export interface Counts {
  request(way: Way): void
  refusal(rule: string, way: Way): void
  /** The text that Prometheus reads. */
  read(): Promise<string>
  readonly contentType: string
}

export function countAll(store: Store, openSockets: () => number): Counts {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'cellboard_requests_total',
    help: 'GraphQL operations asked for, refused ones too.',
    labelNames: ['way'],
    registers,
  })
  const refusals = new Counter({
    name: 'cellboard_refusals_total',
    help: 'Requests and sockets refused, by the rule that refused them.',
    labelNames: ['rule', 'way'],
    registers,
  })
  new Gauge({
    name: 'cellboard_open_sockets',
    help: 'Sockets that are open now.',
    registers,
    collect() {
      this.set(openSockets())
    },
  })
  new Gauge({
    name: 'cellboard_runs',
    help: 'Runs by state.',
    labelNames: ['state'],
    registers,
    async collect() {
      const counted = await rows<{ state: string; n: number }>(
        store.em.fork(),
        'select state, count(*) as n from run group by state',
      )
      for (const state of RUN_STATES) this.set({ state }, counted.find((one) => one.state === state)?.n ?? 0)
    },
  })
  return {
    request: (way) => requests.inc({ way }),
    refusal: (rule, way) => refusals.inc({ rule, way }),
    read: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
