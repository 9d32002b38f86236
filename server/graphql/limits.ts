// Every bound of a request, a socket and a visitor, in one table: what it is by default, and the variable that sets another value.
interface Limit {
  readonly otherwise: number
  readonly least: number
  readonly most: number
  /** What is counted, as a refusal names it: `Expected at most 15 fields nested in one another, ...`. */
  readonly counts: string
}

const limit = (otherwise: number, [least, most]: readonly [number, number], counts: string): Limit => ({
  otherwise,
  least,
  most,
  counts,
})

/** Every document of the dashboard stays under half of each (test/contract/documents.test.ts). */
const OF_A_REQUEST = {
  bodyBytes: limit(1_000_000, [1_000, 100_000_000], 'bytes in a body, and in one message on a socket'),
  documentChars: limit(20_000, [1_000, 1_000_000], 'characters in a document'),
  tokens: limit(2_000, [100, 20_000], 'tokens in a document'),
  nesting: limit(60, [20, 200], 'brackets open at once in a document'),
  operations: limit(5, [1, 100], 'operations in a document'),
  selections: limit(2_000, [100, 100_000], 'selections in a document, those of a fragment each time it is used'),
  depth: limit(15, [10, 100], 'fields nested in one another'),
  rootFields: limit(20, [1, 1_000], 'fields at the top'),
  aliases: limit(30, [0, 10_000], 'aliases'),
  directives: limit(20, [0, 1_000], 'directives'),
  repeats: limit(20, [1, 1_000], 'selections of one name in one place'),
  cost: limit(200_000, [1_000, 100_000_000], 'points of cost, by the sizes of its lists'),
  variableEntries: limit(20_000, [100, 1_000_000], 'values in the variables'),
  variableDepth: limit(20, [5, 100], 'values nested in one another in the variables'),
  variableChars: limit(500_000, [1_000, 100_000_000], 'characters in one text of the variables'),
  requestMs: limit(10_000, [1, 600_000], 'milliseconds of answering a query or mutation'),
  bodyMs: limit(30_000, [1_000, 600_000], 'milliseconds until a request has arrived'),
}

const OF_A_VISITOR = {
  requestsPerUser: limit(6_000, [1, 10_000_000], 'requests a minute of one person'),
  requestsPerAddress: limit(12_000, [1, 10_000_000], 'requests a minute from one address'),
  signInsPerAddress: limit(20, [1, 1_000_000], 'sign-ins a minute from one address'),
  signInsPerAccount: limit(10, [1, 1_000_000], 'sign-ins a minute to one account'),
  requestsPerStranger: limit(300, [1, 10_000_000], 'requests a minute without a session from one address'),
  // A request is a thing of 1 to 200,000 points: who asks for much at once may ask less often.
  costPerUser: limit(6_000_000, [1_000, 10_000_000_000], 'points of cost a minute of one person'),
  costPerStranger: limit(
    600_000,
    [1_000, 10_000_000_000],
    'points of cost a minute without a session from one address',
  ),
  connectionsPerAddress: limit(500, [10, 100_000], 'connections from one address'),
  socketsPerAddress: limit(200, [1, 100_000], 'sockets from one address'),
  socketsPerUser: limit(50, [1, 100_000], 'sockets of one person'),
}

const OF_A_SOCKET = {
  operationsPerSocket: limit(50, [1, 10_000], 'operations at once on a socket'),
  framesPerSocket: limit(1_200, [60, 1_000_000], 'frames a minute on a socket'),
  initMs: limit(3_000, [100, 60_000], 'milliseconds until a socket says who it is'),
  idleMs: limit(300_000, [1_000, 86_400_000], 'milliseconds of a socket with nothing asked'),
  pingMs: limit(12_000, [500, 600_000], 'milliseconds between pings, and until each is answered'),
  unsentBytes: limit(1_000_000, [10_000, 100_000_000], 'bytes that a socket has yet to take'),
}

const LIMITS = { ...OF_A_REQUEST, ...OF_A_VISITOR, ...OF_A_SOCKET }

export type LimitName = keyof typeof LIMITS
export type Limits = Readonly<Record<LimitName, number>>

export const LIMIT_NAMES = Object.keys(LIMITS) as LimitName[]

/** What a limit counts, in words. */
export const countedBy = (name: LimitName): string => LIMITS[name].counts

/** `operationsPerSocket` is set by CELLBOARD_LIMIT_OPERATIONS_PER_SOCKET. */
export const variableOf = (name: LimitName): string =>
  `CELLBOARD_LIMIT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`

/** The value of a variable, or `otherwise` where it is not set; what a value outside [least, most] comes to is the reader's affair. */
type ReadNumber = (variable: string, otherwise: number, least: number, most: number) => number

/** Every limit, from its variable or its default. */
export const readLimits = (read: ReadNumber): Limits =>
  Object.fromEntries(
    LIMIT_NAMES.map((name) => {
      const { otherwise, least, most } = LIMITS[name]
      return [name, read(variableOf(name), otherwise, least, most)]
    }),
  ) as Limits

export const DEFAULT_LIMITS: Limits = readLimits((_variable, otherwise) => otherwise)
