// Documents for the access sweep, read off the schema: for every field of every type one way to it, with sample arguments.
import {
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'

/** Arguments that a field cannot do without, by `Type.field`; `$run` and the like are filled in by the test. */
const SAMPLES: Readonly<Record<string, string>> = {
  'Query.architecture': 'id: "$architecture"',
  'Query.node': 'id: "$run"',
  'Query.team': 'slug: "$slug"',
  'Query.project': 'team: "$slug", name: "$projectName"',
  'Query.invitation': 'secret: "$invitationSecret"',
  'Query.group': 'id: "$group"',
  'Query.board': 'id: "$board"',
  'Query.entry': 'id: "$entry"',
  'Board.pareto': 'x: "parameters"',
  'Mutation.createBoard': 'team: "$team", input: { name: "", rules: { subject: RUN, metric: { name: "loss" } } }',
  'Mutation.setBoard': 'id: "$board", name: ""',
  'Mutation.setBoardRules': 'id: "$board", why: "", rules: { subject: RUN, metric: { name: "loss" } }',
  'Mutation.archiveBoard': 'id: "$board", archived: false',
  'Mutation.addBaselines': 'board: "$board", set: NAS_BENCH_201, dataset: "none"',
  'Mutation.addBaseline': 'board: "$board", input: { title: "", source: "", figures: [] }',
  'Mutation.removeBaseline': 'entry: "$entry"',
  'Mutation.submitEntry': 'board: "$board", subject: "nothing-1"',
  'Mutation.withdrawEntry': 'id: "$entry", reason: ""',
  'Mutation.restoreEntry': 'id: "$entry", reason: ""',
  'Mutation.flagEntry': 'id: "$entry", reason: ""',
  'Mutation.verifyEntry': 'id: "$entry"',
  'Query.study': 'id: "$study"',
  'Study.figures': 'metric: "loss"',
  'Mutation.createStudy': 'project: "$project", name: ""',
  'Mutation.setStudy': 'id: "$study", name: ""',
  'Mutation.removeStudy': 'id: "$study"',
  'Mutation.putIntoStudy': 'study: "$study", group: "group-999"',
  'Mutation.takeOutOfStudy': 'study: "$study", group: "group-999"',
  'Query.compare': 'runs: ["$run"]',
  'Query.run': 'id: "$run"',
  'Query.previewSearch': 'input: { dataset: "digits" }',
  'Query.previewTraining': 'input: { dataset: "digits", genotype: "DARTS_V2" }',
  'RunGroup.aggregate': 'metric: "loss"',
  'RunGroup.series': 'name: "loss"',
  'Run.series': 'name: "loss"',
  'Mutation.signIn': 'link: "never printed by this server"',
  'Mutation.signInWithPassword': 'email: "nobody@example.org", password: "a long phrase"',
  'Mutation.endSession': 'id: "session-0"',
  'Mutation.setPassword': 'next: "short"',
  'Mutation.setProfile': 'name: ""',
  'Mutation.createTeam': 'slug: "NOT A SLUG", name: "x"',
  'Mutation.renameTeam': 'id: "$team", name: ""',
  'Mutation.mergeTeams': 'from: "$team", into: "$team"',
  'Mutation.setRole': 'team: "$team", user: "user-999", role: VIEWER',
  'Mutation.removeMember': 'team: "$team", user: "user-999"',
  'Mutation.createProject': 'team: "$team", name: ""',
  'Mutation.setProject': 'id: "$project", name: ""',
  'Mutation.moveRuns': 'runs: ["$run"], project: "project-999"',
  'Mutation.invite': 'team: "$team", role: VIEWER, expiresInDays: 0',
  'Mutation.revokeInvitation': 'id: "$invitation"',
  'Mutation.acceptInvitation': 'secret: "never made by this server"',
  'Mutation.createShareLink': 'subject: "$run", expiresInDays: 0',
  'Mutation.revokeShareLink': 'id: "$share"',
  'Mutation.openShareLink': 'secret: "never_made_by_this_server"',
  'Mutation.createServiceAccount': 'team: "$team", name: "", role: VIEWER',
  'Mutation.signInWithPasskey': 'challenge: "0", response: {}',
  'Mutation.addPasskey': 'challenge: "0", response: {}, name: "x"',
  'Mutation.removePasskey': 'id: "passkey-999"',
  'Mutation.unlinkIdentity': 'id: "identity-0"',
  'Mutation.createToken': 'input: { name: "", scopes: [READ] }',
  'Mutation.revokeToken': 'id: "token-999"',
  'Mutation.tagRuns': 'runs: ["$run"], add: ["not a tag"]',
  'Mutation.setRun': 'id: "$run", name: ""',
  'Mutation.trashRuns': 'runs: ["$run"]',
  'Mutation.restoreRuns': 'runs: ["$run"]',
  'Mutation.deleteRuns': 'runs: ["$run"]',
  'Mutation.cancelRun': 'id: "$run"',
  'Mutation.pauseRun': 'id: "$run"',
  'Mutation.resumeRun': 'id: "$run"',
  'Mutation.createRun': 'input: { name: "", project: "$project" }',
  'Mutation.logPoints': 'run: "$run", points: []',
  'Mutation.finishRun': 'run: "$run", state: FINISHED',
  'Mutation.retryRun': 'id: "$run"',
  'Mutation.startRandomBaseline': 'group: "$group", epochs: 0',
  'Mutation.startSearch': 'input: { epochs: 0 }, project: "$project"',
  'Mutation.startTraining': 'input: { epochs: 0 }, project: "$project"',
  'Subscription.leaderboardChanged': 'id: "$board"',
  'Subscription.runFeed': 'runs: ["$run"]',
}

export interface Step {
  readonly type: string
  readonly field: string
}
export interface Sample {
  /** As in `Run.name`. */
  readonly name: string
  readonly document: string
  /** The fields on the way, the asked one last: each has its rule. */
  readonly steps: readonly Step[]
}

type Composite = GraphQLObjectType | GraphQLInterfaceType

/** @throws for a field that cannot be asked without an argument that no sample is known of */
function call(schema: GraphQLSchema, type: Composite, field: GraphQLField<unknown, unknown>): string {
  const owners = [type.name, ...type.getInterfaces().map(({ name }) => name)]
  const sample = owners.map((name) => SAMPLES[`${name}.${field.name}`]).find((one) => one !== undefined)
  const needed = field.args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined)
  if (sample === undefined && needed.length > 0)
    throw new Error(`Expected sample arguments of ${type.name}.${field.name}: add them to test/kit/sweep-documents.ts.`)
  return sample === undefined ? field.name : `${field.name}(${sample})`
}

const leaf = (field: GraphQLField<unknown, unknown>) => (isLeafType(getNamedType(field.type)) ? '' : ' { __typename }')

/** Ways to every type that can be asked for without changing anything, the shortest each. */
function waysTo(schema: GraphQLSchema): Map<string, { open: string; close: string; steps: readonly Step[] }> {
  const ways = new Map([['Query', { open: '{', close: '}', steps: [] as readonly Step[] }]])
  const queue = ['Query']
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const type = schema.getType(name) as Composite
    const way = ways.get(name)!
    for (const field of Object.values(type.getFields())) {
      const next = getNamedType(field.type)
      if (!isObjectType(next) && !isInterfaceType(next)) continue
      const step = { type: name, field: field.name }
      // One thing that a sample names is a search; a list has every kind.
      const kinds = isInterfaceType(next) ? schema.getPossibleTypes(next) : []
      const isMany = isListType(getNullableType(field.type))
      const reached = [next, ...kinds.filter((kind) => isMany || name.endsWith('Edge') || kind.name === 'Search')]
      for (const one of reached) {
        if (ways.has(one.name)) continue
        const within = one === next ? ['', ''] : [` ... on ${one.name} {`, '}']
        ways.set(one.name, {
          open: `${way.open} ${call(schema, type, field)} {${within[0]}`,
          close: `${within[1]}}${way.close}`,
          steps: [...way.steps, step],
        })
        queue.push(one.name)
      }
    }
  }
  return ways
}

/** Every field that a query can ask for. */
export function querySamples(schema: GraphQLSchema): Sample[] {
  const ways = waysTo(schema)
  return [...ways].flatMap(([name, { open, close, steps }]) => {
    const type = schema.getType(name) as Composite
    return Object.values(type.getFields()).map((field) => ({
      name: `${name}.${field.name}`,
      document: `${open} ${call(schema, type, field)}${leaf(field)} ${close}`,
      steps: [...steps, { type: name, field: field.name }],
    }))
  })
}

/** Every mutation, with arguments that would change nothing even where they were let through; and every subscription. */
export function rootSamples(schema: GraphQLSchema, root: 'Mutation' | 'Subscription'): Sample[] {
  const type = root === 'Mutation' ? schema.getMutationType()! : schema.getSubscriptionType()!
  return Object.values(type.getFields()).map((field) => ({
    name: `${root}.${field.name}`,
    document: `${root.toLowerCase()} { ${call(schema, type, field)}${leaf(field)} }`,
    steps: [{ type: root, field: field.name }],
  }))
}
