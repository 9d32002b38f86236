// Who stands at the door: the address behind proxies that are known, and how much each address and person may ask.
import type { IncomingMessage } from 'node:http'
import type { GraphQLError } from 'graphql'
import proxyaddr from 'proxy-addr'
import type { Config } from '../config.js'
import type { LimitName } from './limits.js'
import { Rates, Tally, type Taken } from './rates.js'
import { rateLimited } from './refusal.js'

type Rate = Extract<
  LimitName,
  | 'requestsPerUser'
  | 'requestsPerAddress'
  | 'requestsPerStranger'
  | 'costPerUser'
  | 'costPerStranger'
  | 'signInsPerAddress'
  | 'signInsPerAccount'
>

export class Visitors {
  readonly #trusts: (address: string, distance: number) => boolean
  readonly #rates: Readonly<Record<Rate, Rates>>
  readonly connections: Tally
  readonly socketsByAddress: Tally
  readonly socketsByUser: Tally

  constructor({ proxies, limits }: Pick<Config, 'proxies' | 'limits'>) {
    this.#trusts = proxyaddr.compile([...proxies])
    this.#rates = {
      requestsPerUser: new Rates(limits.requestsPerUser),
      requestsPerAddress: new Rates(limits.requestsPerAddress),
      requestsPerStranger: new Rates(limits.requestsPerStranger),
      costPerUser: new Rates(limits.costPerUser),
      costPerStranger: new Rates(limits.costPerStranger),
      signInsPerAddress: new Rates(limits.signInsPerAddress),
      signInsPerAccount: new Rates(limits.signInsPerAccount),
    }
    this.connections = new Tally(limits.connectionsPerAddress)
    this.socketsByAddress = new Tally(limits.socketsPerAddress)
    this.socketsByUser = new Tally(limits.socketsPerUser)
  }

  /** Of the visitor: the nearest that is no proxy of ours. Nobody else's X-Forwarded-For is believed. */
  addressOf(request: IncomingMessage): string {
    return network(proxyaddr(request, this.#trusts))
  }

  get openSockets(): number {
    return this.socketsByAddress.total
  }

  /** Whether a connection comes from a proxy of ours, which brings many visitors. */
  isProxy(address: string): boolean {
    return this.#trusts(address, 0)
  }

  take(rate: Rate, key: string): Taken {
    return this.#rates[rate].take(key)
  }

  /** Takes what a request costs, by its measure, from who asks. */
  takeCost(user: { id: number } | null, address: string, cost: number): Taken & { readonly rate: Rate } {
    const rate = user ? 'costPerUser' : 'costPerStranger'
    return { ...this.#rates[rate].take(user ? String(user.id) : address, cost), rate }
  }

  /** The refusal where somebody has asked too often; null where they may. */
  refuseOften(rate: Rate, key: string): GraphQLError | null {
    const { ok, most, retryAfterSeconds } = this.take(rate, key)
    return ok ? null : rateLimited(rate, most, retryAfterSeconds)
  }

  /** A person by who they are, a stranger by where they come from. */
  refuseVisitor(user: { id: number } | null, address: string): GraphQLError | null {
    return this.refuseOften(...this.bucketOf(user, address))
  }

  bucketOf(user: { id: number } | null, address: string): [Rate, string] {
    return user ? ['requestsPerUser', String(user.id)] : ['requestsPerStranger', address]
  }
}

/** One IPv6 visitor has a whole /64 of addresses: they count as one. */
export function network(address: string): string {
  if (!address.includes(':')) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length)
  const first = [...groups, ...Array<string>(missing).fill('0'), ...(tail?.split(':') ?? [])].slice(0, 4)
  // ::1 is this machine alone.
  return address === '::1'
    ? address
    : `${first.map((group) => group.toLowerCase().replace(/^0+(?=.)/, '')).join(':')}::/64`
}
