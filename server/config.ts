// The one reader of the environment: where the store is, which address to serve, how many searches at a time,
// and every limit. All that is wrong with it is told at once.
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nearestNames } from '@cellboard/schema/nearest'
import { ROLES, type Role } from '@cellboard/schema/people'
import proxyaddr from 'proxy-addr'
import { LIMIT_NAMES, readLimits, variableOf, type Limits } from './graphql/limits.js'

export interface Config {
  /** Folder of the store and of the runs' checkpoints. */
  readonly home: string
  /** The PostgreSQL database that holds the store; null for an SQLite file in `home`. */
  readonly database: URL | null
  /** Folder of the data sets that do not ship with the engine. */
  readonly dataFolder: string
  /** Address to bind; loopback unless HOST says otherwise. */
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Searches computed at the same time. */
  readonly runners: number
  /** Whether an empty store gets a first search to look at. */
  readonly firstSearch: boolean
  /** Module that holds `search`; null takes the engine. Tests put an engine here that dies or diverges on demand. */
  readonly engineModule: string | null
  /** The built dashboard. */
  readonly siteFolder: string
  /** Whether sessions can ask nothing but what the dashboard asks; tokens ask what they like. */
  readonly onlyPersisted: boolean
  readonly logLevel: string
  /** The address people use where a proxy stands before this server, as in `https://cellboard.example.org`; null without one. */
  readonly publicUrl: URL | null
  /** Proxies whose X-Forwarded-For is believed: addresses, ranges, or `loopback`. Empty: nobody's. */
  readonly proxies: readonly string[]
  /** Opens /metrics to whoever shows it; null leaves it to this machine. */
  readonly metricsToken: string | null
  /** Where traces go, by OpenTelemetry's own variable; null for nowhere. */
  readonly tracesTo: URL | null
  /** Where people can sign in besides here; null without one. */
  readonly oidc: OidcProvider | null
  readonly limits: Limits
}

/** An OpenID Connect provider, as it knows this server. */
export interface OidcProvider {
  readonly issuer: URL
  readonly client: string
  readonly secret: string
  /** What the button says: "Sign in with ...". */
  readonly name: string
  /** Slug of the team that whoever the provider knows may join; null where they must be invited. */
  readonly team: string | null
  readonly role: Role
}

/** A start that cannot succeed as asked: its message is for the person at the terminal, without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** Reads variables, and gathers what is wrong with them. */
class Variables {
  readonly mistakes: string[] = []

  constructor(readonly env: NodeJS.ProcessEnv) {}

  readonly wholeNumber = (name: string, otherwise: number, least: number, most: number): number => {
    const text = this.env[name]
    if (text === undefined || text === '') return otherwise
    const value = Number(text)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    this.#refuse(name, `a whole number from ${least} to ${most}`, `"${text}"`)
    return otherwise
  }

  oneOf(name: string, values: readonly string[], otherwise: string): string {
    const text = this.env[name] || otherwise
    if (!values.includes(text)) this.#refuse(name, `one of ${values.join(', ')}`, `"${text}"`)
    return text
  }

  webAddress(name: string): URL | null {
    const text = this.env[name]
    if (!text) return null
    const url = URL.canParse(text) ? new URL(text) : null
    if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url
    this.#refuse(name, 'an address like https://cellboard.example.org, without a path', `"${text}"`)
    return null
  }

  /** It may hold a password, which is not told. */
  database(name: string): URL | null {
    const text = this.env[name]
    if (!text) return null
    const url = URL.canParse(text) ? new URL(text) : null
    if (url && /^postgres(ql)?:$/.test(url.protocol) && url.hostname && url.pathname.length > 1) return url
    this.#refuse(name, 'like postgres://user:password@host:5432/database', 'something else')
    return null
  }

  /** May have a path. */
  collector(name: string): URL | null {
    const text = this.env[name]
    if (!text) return null
    if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text)
    this.#refuse(name, 'an address like http://collector:4318', `"${text}"`)
    return null
  }

  addresses(name: string): string[] {
    const given = (this.env[name] ?? '').split(',').flatMap((part) => part.trim() || [])
    return given.filter((address) => {
      try {
        proxyaddr.compile(address)
        return true
      } catch {
        this.#refuse(name, 'addresses or ranges like 10.0.0.0/8, or loopback, with commas between', `"${address}"`)
        return false
      }
    })
  }

  /** A secret is never told, not even a weak one. */
  secret(name: string): string | null {
    const text = this.env[name]
    if (!text) return null
    const strong = text.length >= 32 && new Set(text).size >= 10
    if (!strong)
      this.#refuse(name, 'at least 32 random characters, as from openssl rand -hex 32', `${text.length} weaker ones`)
    return text
  }

  /** All of it or nothing. */
  oidc(): OidcProvider | null {
    const [issuer, client, secret] = ['ISSUER', 'CLIENT', 'SECRET'].map(
      (one) => this.env[`CELLBOARD_OIDC_${one}`] ?? '',
    )
    if (!issuer && !client && !secret) return null
    const url = URL.canParse(issuer!) ? new URL(issuer!) : null
    // Plain http carries the secret for all to read: only to this very machine.
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackName(url.hostname))
    if (!isSafe) this.#refuse('CELLBOARD_OIDC_ISSUER', 'an https address like https://id.example.org', `"${issuer}"`)
    if (!client) this.#refuse('CELLBOARD_OIDC_CLIENT', 'the id that the provider gave this server', 'none')
    if ((secret ?? '').length < 16)
      this.#refuse(
        'CELLBOARD_OIDC_SECRET',
        'the secret that the provider gave, of at least 16 characters',
        `${(secret ?? '').length} characters`,
      )
    const role = this.oneOf('CELLBOARD_OIDC_ROLE', ROLES, 'viewer') as Role
    return (
      url && {
        issuer: url,
        client: client!,
        secret: secret!,
        name: this.env.CELLBOARD_OIDC_NAME || url.hostname,
        team: this.env.CELLBOARD_OIDC_TEAM || null,
        role,
      }
    )
  }

  /** A limit that is spelt wrong would silently not hold. */
  onlyKnown(prefix: string, known: readonly string[]): void {
    for (const name of Object.keys(this.env))
      if (name.startsWith(prefix) && !known.includes(name))
        this.mistakes.push(
          `Expected a limit that there is, but received ${name}. Did you mean ${nearestNames(name, known).join(' or ')}?`,
        )
  }

  #refuse(name: string, expected: string, received: string): void {
    this.mistakes.push(`Expected ${name} to be ${expected}, but received ${received}.`)
  }
}

const isLoopbackName = (host: string) => ['localhost', '127.0.0.1', '[::1]'].includes(host)

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

// This file is compiled to server/dist/config.js and read as server/config.ts in tests; the site lies beside `server`.
const here = fileURLToPath(new URL('.', import.meta.url))
const serverFolder = here.replace(/dist\/$/, '')

/** @throws StartError with every variable that has no possible value, a sentence each. */
export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
  args: readonly string[] = process.argv.slice(2),
): Config {
  const root = resolve(homedir(), '.cellboard')
  const variables = new Variables(env)
  const config: Config = {
    home: resolve(env.CELLBOARD_HOME || root),
    database: variables.database('CELLBOARD_DATABASE'),
    dataFolder: resolve(env.CELLBOARD_DATA || resolve(root, 'data')),
    host: env.HOST || '127.0.0.1',
    port: variables.wholeNumber('PORT', 4000, 0, 65535),
    runners: variables.wholeNumber('CELLBOARD_RUNNERS', 1, 0, 64),
    firstSearch: !args.includes('--empty'),
    engineModule: env.CELLBOARD_ENGINE || null,
    siteFolder: resolve(env.CELLBOARD_SITE || resolve(serverFolder, '../web/dist/site')),
    onlyPersisted: variables.oneOf('CELLBOARD_ONLY_PERSISTED', ['0', '1'], '0') === '1',
    logLevel: variables.oneOf('CELLBOARD_LOG', LOG_LEVELS, 'warn'),
    publicUrl: variables.webAddress('CELLBOARD_URL'),
    proxies: variables.addresses('CELLBOARD_PROXIES'),
    metricsToken: variables.secret('CELLBOARD_METRICS_TOKEN'),
    tracesTo: variables.collector('OTEL_EXPORTER_OTLP_ENDPOINT'),
    oidc: variables.oidc(),
    limits: readLimits(variables.wholeNumber),
  }
  variables.onlyKnown('CELLBOARD_LIMIT_', LIMIT_NAMES.map(variableOf))
  if (variables.mistakes.length > 0) throw new StartError(variables.mistakes.join('\n'))
  return config
}
