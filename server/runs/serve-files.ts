// The address /files: what runs hand out, to people who may see the run; nothing but what a run's log names, and never through a link.
import { realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Express, Request } from 'express'
import { refusal } from '../errors.js'
import type { House } from '../graphql/context.js'
import { refuse } from '../graphql/refusal.js'
import { askerOf } from '../people/asker.js'
import { credentialsOf, isOurName, isSameOrigin } from '../people/identity.js'
import { rightsOf } from '../people/rights.js'
import { filesOf } from './file.resolver.js'
import { filesFolder, runFolder } from './run-folder.js'
import { parseRunId } from './run-id.js'
import { RunTable } from './run.table.js'

/** A file is looked at or saved, never run: a drawing opened by itself may not load or do anything. */
const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'private, no-cache',
}

export function serveFiles(app: Express, { config, store }: Pick<House, 'config' | 'store'>): void {
  app.get('/files/:run/*name', async (request: Request<{ run: string; name: string[] }>, response) => {
    response.set(HEADERS)
    if (!isOurName(request.headers, config) || !isSameOrigin(request.headers, config.publicUrl))
      return refuse(
        response,
        403,
        refusal('FORBIDDEN', 'Expected a request from a page of this server, but it came from another site.'),
      )
    const em = store.em.fork()
    const asker = await askerOf(em, credentialsOf(request.headers, config))
    const rights = await rightsOf(em, asker)
    if ((!asker.user && rights.isEmpty) || !asker.scopes.has('read'))
      return refuse(response, 401, refusal('UNAUTHENTICATED', 'Expected a session, but received none. Sign in first.'))

    const name = request.params.name.join('/')
    const key = parseRunId(request.params.run)
    const run = key && (await em.findOne(RunTable, { ...key }))
    const seen = run && rights.seesRun(run) ? run : null
    const file = seen && (await filesOf(em, seen)).find((one) => one.name === name)
    const folder = seen && filesFolder(runFolder(config, seen))
    if (!file || !folder || !isPlainFile(folder, name))
      return refuse(
        response,
        404,
        refusal('NOT_FOUND', 'Expected the name of a file that this run has written, but there is none.'),
      )
    response.attachment(basename(name)).type(file.mediaType)
    response.sendFile(name, { root: folder, dotfiles: 'deny', cacheControl: false }, (error?: Error) => {
      // A reader that goes away in the middle is no mistake of anybody.
      if (error && !response.headersSent)
        refuse(response, 404, refusal('NOT_FOUND', 'Expected a file, but it is no longer there.'))
    })
  })
}

/** Whether the file is there under its own name: neither it nor a folder on the way is a link. */
function isPlainFile(folder: string, name: string): boolean {
  try {
    return realpathSync(join(folder, name)) === join(realpathSync(folder), name)
  } catch {
    return false
  }
}
