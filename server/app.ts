// Puts the house together: store, runner, address; and takes it down again in the opposite order.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type { Logger } from 'pino'
import { fillArchitectures } from './architectures/keep.js'
import { StartError, type Config } from './config.js'
import { BoardKeeper } from './boards/keeper.js'
import { serveBoards } from './boards/serve-boards.js'
import { Bells } from './events/bells.js'
import { refuseBadRequest } from './graphql/bad-request.js'
import { countAll } from './graphql/counts.js'
import { openDoor } from './graphql/door.js'
import { openEndpoint } from './graphql/endpoint.js'
import { serveHealth } from './graphql/health.js'
import { OpenLines } from './graphql/lines.js'
import { readOperations } from './graphql/persisted.js'
import { buildApi } from './graphql/schema.js'
import { stopReadsAfterDeadline } from './graphql/scope.js'
import { startTraces } from './graphql/traces.js'
import { Visitors } from './graphql/visitors.js'
import { serveOidc } from './people/oidc.js'
import { makeSignInLink } from './people/sessions.js'
import { isLoopback } from './people/identity.js'
import { queueFirstSearch } from './runs/first-search.js'
import { Runner } from './runner/runner.js'
import { serveFiles } from './runs/serve-files.js'
import { serveSite } from './site.js'
import { claimDatabase } from './store/claim-database.js'
import { claimStore } from './store/claim-store.js'
import { closeStore, openStore } from './store/orm.js'

export interface App {
  /** As a person types it: `http://localhost:4000`. */
  readonly address: string
  /** Signs one person in, once. */
  readonly signInLink: string
  readonly startedFirstSearch: boolean
  stop(): Promise<void>
}

/** @throws StartError where the port or the store is taken, with what to do about it. */
export async function startApp(config: Config, log: Logger): Promise<App> {
  const claim = claimStore(config.home)
  const releaseDatabase =
    config.database &&
    (await claimDatabase(config.database, () => {
      log.fatal('Another server has taken the database while this one was cut off from it: this one stops.')
      process.kill(process.pid, 'SIGTERM')
    }))
  const store = await openStore(config.home, config.database)
  const bells = new Bells()
  const boardBells = new Bells()
  const lines = new OpenLines()
  const runner = new Runner({ config, store, bells, log })
  const app = express().disable('x-powered-by')
  const http = createServer(app)
  const visitors = new Visitors(config)
  const counts = countAll(store, () => visitors.openSockets)
  stopReadsAfterDeadline(store)
  const stopTraces = await startTraces(config.tracesTo, store)
  openDoor({ app, http }, { config, visitors, counts, log })
  serveHealth(app, { config, store, counts, log })
  const boardKeeper = new BoardKeeper({ store, bells, boardBells }, log)
  const house = {
    config,
    store,
    bells,
    boardBells,
    boardKeeper,
    lines,
    runner,
    visitors,
    address: () => addressOf(http, config),
  }
  const closeEndpoint = await openEndpoint(
    { app, http },
    {
      ...{ schema: await buildApi(), log, house, visitors, counts },
      operations: readOperations(config.siteFolder),
    },
  )
  serveOidc(app, house, log)
  serveFiles(app, { config, store })
  serveBoards(app, house)
  serveSite(app, config.siteFolder)
  app.use(refuseBadRequest({ log, limits: config.limits, counts }))

  const stop = async () => {
    await closeEndpoint()
    await closeServer(http)
    await runner.stop()
    await boardKeeper.stop()
    await stopTraces()
    await closeStore(store)
    releaseDatabase?.()
    claim.release()
  }
  try {
    await fillArchitectures(store.em.fork())
    const address = await listen(http, config)
    claim.announce(address)
    const link = await makeSignInLink(store.em.fork())
    const startedFirstSearch = config.firstSearch && (await queueFirstSearch(store.em.fork()))
    await runner.start()
    boardKeeper.start()
    return { address, signInLink: `${address}/sign-in?link=${link}`, startedFirstSearch, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function listen(http: Server, { port, host, publicUrl }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const why = REFUSED[error.code ?? '']?.(port, host)
      reject(why ? new StartError(why) : error)
    })
    http.listen(port, host, () => {
      resolve(addressOf(http, { host, publicUrl }))
    })
  })
}

/** As people type it. */
function addressOf(http: Server, { host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>): string {
  if (publicUrl) return publicUrl.origin
  const { port } = http.address() as AddressInfo
  return `http://${isLoopback(host) || host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`
}

const REFUSED: Record<string, (port: number, host: string) => string> = {
  EADDRINUSE: (port) =>
    `Expected port ${port} to be free, but another program listens there. Set PORT to another one, as in PORT=${port + 1} npm start.`,
  EACCES: (port) => `Expected to listen on port ${port}, but that needs special rights. Set PORT to one above 1023.`,
  EADDRNOTAVAIL: (_, host) => `Expected HOST to be an address of this machine, but received "${host}".`,
  ENOTFOUND: (_, host) => `Expected HOST to be an address of this machine, but received "${host}".`,
}

const closeServer = (http: Server): Promise<void> =>
  new Promise((resolve) => {
    http.close(() => resolve())
    http.closeAllConnections()
  })
