// The dashboard stays far within the limits: every document in web under half of each, and every list of the API with a bound.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isInterfaceType, isObjectType, parse, type DocumentNode, type FragmentDefinitionNode, Kind } from 'graphql'
import { beforeAll, expect, test } from 'vitest'
import { checkRequest } from '../../server/graphql/check-request.js'
import { DEFAULT_LIMITS, type Limits } from '../../server/graphql/limits.js'
import { isListOfThings, measure, namedBound, outline } from '../../server/graphql/measure.js'
import { buildApi } from '../../server/graphql/schema.js'

const web = fileURLToPath(new URL('../../web', import.meta.url))

/** What lies between the backticks of every graphql(`...`) in web. */
const texts = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/(^|\/)dist\/|\.test\.|graphql-env/.test(file))
  .flatMap((file) =>
    [...readFileSync(join(web, file), 'utf8').matchAll(/graphql\(\s*`([^`]+)`/g)].map(([, text]) => text!),
  )

const parsed = texts.map((text) => parse(text))
const fragments = new Map(
  parsed.flatMap(({ definitions }) =>
    definitions.flatMap((one): [string, FragmentDefinitionNode][] =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [],
    ),
  ),
)

/** A document as it is sent: with the fragments that it uses, and those that these use. */
function whole({ definitions }: DocumentNode): string {
  const needed = new Map<string, string>()
  function need(text: string): void {
    for (const [, name] of text.matchAll(/\.\.\.\s*(\w+)/g)) {
      const fragment = name === undefined || name === 'on' ? undefined : fragments.get(name)
      if (!fragment || needed.has(name!)) continue
      const body = fragment.loc!.source.body.slice(fragment.loc!.start, fragment.loc!.end)
      needed.set(name!, body)
      need(body)
    }
  }
  const own = definitions
    .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    .map(({ loc }) => loc!.source.body.slice(loc!.start, loc!.end))
  own.forEach(need)
  return [...own, ...needed.values()].join('\n')
}

const operations = parsed.flatMap((document) =>
  document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION) ? [whole(document)] : [],
)

let schema: Awaited<ReturnType<typeof buildApi>>
beforeAll(async () => {
  schema = await buildApi()
})

const half = Object.fromEntries(
  Object.entries(DEFAULT_LIMITS).map(([name, most]) => [name, Math.floor(most / 2)]),
) as unknown as Limits

test('there are documents to look at', () => expect(operations.length).toBeGreaterThan(12))

test.each(operations.map((text) => [/(?:query|mutation|subscription) (\w+)/.exec(text)?.[1] ?? text, text]))(
  '%s stays under half of each limit',
  (_name, text) => {
    const document = parse(text)
    expect(
      () => checkRequest(schema, { query: text }, half, true),
      JSON.stringify({ ...outline(document), ...measure(schema, document, {}) }),
    ).not.toThrow()
  },
)

test('every list of things in the API says how long it can be', () => {
  const unnamed = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => isListOfThings(field) && namedBound(type, field.name) === undefined)
        .map(({ name }) => `${type.name}.${name}`),
    )
  expect(unnamed, 'Name them in server/graphql/list-bounds.ts, as long as honest runs make them.').toEqual([])
})
