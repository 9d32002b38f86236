// OpenTelemetry traces: a span for each request, each field at the top, each statement of the store and each run that is computed.
// Off unless an address to send them to is configured; then nothing of this is even loaded. No values, no secrets, no whole paths.
import { context, propagation, SpanKind, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api'
import type { IncomingHttpHeaders } from 'node:http'
import type { Store } from '../store/orm.js'
import { VERSION } from './version.js'

let isOn = false
const tracer = () => trace.getTracer('cellboard', VERSION)

/** Sends what is left, and stops. */
export type StopTraces = () => Promise<void>

/** @param endpoint as in `http://collector:4318`, OTLP over HTTP; null leaves traces off */
export async function startTraces(endpoint: URL | null, store: Store): Promise<StopTraces> {
  if (!endpoint) return () => Promise.resolve()
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ])
  const exporter = new OTLPTraceExporter({ url: new URL('v1/traces', `${endpoint.href.replace(/\/$/, '')}/`).href })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'cellboard', 'service.version': VERSION }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000 })],
  })
  provider.register()
  isOn = true
  traceStatements(store)
  return async () => {
    isOn = false
    await provider.shutdown()
  }
}

/** Work in a span of its own, under the one that is open. */
export async function inSpan<T>(name: string, attributes: Attributes, work: () => T | Promise<T>): Promise<T> {
  if (!isOn) return work()
  return tracer().startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work()
    } catch (error) {
      fail(span, error)
      throw error
    } finally {
      span.end()
    }
  })
}

/** Opens the span of a request under its caller's, and does what follows in it. What it returns ends it. */
export function openRequest(
  name: string,
  headers: IncomingHttpHeaders,
  attributes: Attributes,
  work: () => void,
): (more: Attributes) => void {
  if (!isOn) {
    work()
    return () => {}
  }
  const caller = propagation.extract(context.active(), headers)
  const span = tracer().startSpan(name, { kind: SpanKind.SERVER, attributes }, caller)
  context.with(trace.setSpan(caller, span), work)
  return (more) => {
    span.setAttributes(more)
    span.end()
  }
}

/** Says more about the request that is being answered. */
export function noteInSpan(attributes: Attributes): void {
  if (isOn) trace.getActiveSpan()?.setAttributes(attributes)
}

/** The kind of a refusal is told, its sentence is not: it may hold what somebody typed. */
function fail(span: Span, error: unknown): void {
  const code = (error as { extensions?: { code?: unknown } }).extensions?.code
  span.setStatus({ code: SpanStatusCode.ERROR, message: typeof code === 'string' ? code : 'INTERNAL' })
}

/** Statements have places where values go, so their text says nothing of what was asked. */
function traceStatements({ em }: Store): void {
  const open = new Map<string, Span>()
  const knex = em.getKnex()
  knex.on('query', ({ sql, __knexQueryUid: id }: { sql: string; __knexQueryUid: string }) => {
    const [verb = 'statement'] = /^\s*(\w+)/.exec(sql)?.slice(1) ?? []
    const attributes = { 'db.system.name': 'sqlite', 'db.query.text': sql.replace(/'[^']*'/g, '?').slice(0, 500) }
    open.set(id, tracer().startSpan(`store ${verb.toLowerCase()}`, { kind: SpanKind.CLIENT, attributes }))
  })
  const close = (id: string, failed: boolean) => {
    const span = open.get(id)
    if (failed) span?.setStatus({ code: SpanStatusCode.ERROR })
    span?.end()
    open.delete(id)
  }
  knex.on('query-response', (_response: unknown, { __knexQueryUid: id }: { __knexQueryUid: string }) =>
    close(id, false),
  )
  knex.on('query-error', (_error: unknown, { __knexQueryUid: id }: { __knexQueryUid: string }) => close(id, true))
}
