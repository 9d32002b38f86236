// The addresses under which boards go out: /boards/board-1.csv and the like, the badge, and /embed/board-1 for other pages.
import type { Express, Request, Response } from 'express'
import { refusal } from '../errors.js'
import type { House } from '../graphql/context.js'
import { refuse } from '../graphql/refusal.js'
import { askerOf } from '../people/asker.js'
import { credentialsOf, isOurName, isSameOrigin } from '../people/identity.js'
import { rightsOf, type Rights } from '../people/rights.js'
import { keyIn } from '../permissions/located.js'
import type { EntityManager } from '../store/orm.js'
import { BoardEntryTable, BoardTable, type BoardRow } from './board.table.js'
import { boardId, reveal } from './find-board.js'
import { badgeOf, pageOf } from './pictures.js'
import { rankNow } from './placed.js'
import { lengthOf } from './stretches.js'
import { csvOf, jsonOf, latexOf, markdownOf, tableOf, type Table } from './tables.js'

const FORMS: Readonly<Record<string, { readonly type: string; readonly write: (table: Table) => string }>> = {
  csv: { type: 'text/csv; charset=utf-8', write: csvOf },
  json: { type: 'application/json', write: jsonOf },
  md: { type: 'text/markdown; charset=utf-8', write: markdownOf },
  tex: { type: 'text/x-tex; charset=utf-8', write: latexOf },
}

/** Rows of an embedded board. */
const MOST_EMBEDDED = 100

const PLAIN = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'private, no-cache',
}
/** Nothing is loaded and nothing runs; only these pages may stand within pages of others. */
const EMBEDDED = {
  ...PLAIN,
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors *",
}

interface Seen {
  readonly em: EntityManager
  readonly board: BoardRow
}

export function serveBoards(
  app: Express,
  { config, store, address }: Pick<House, 'config' | 'store' | 'address'>,
): void {
  /** By a session, a token, or a share link in the address: a page of others carries no cookie. Null where it may not be seen. */
  const seen = async (request: Request, id: string): Promise<Seen | null> => {
    const { share } = request.query
    const own = isSameOrigin(request.headers, config.publicUrl)
    const authorization = typeof share === 'string' ? `Bearer ${share}` : request.headers.authorization
    const headers =
      own && typeof share !== 'string' ? request.headers : { ...request.headers, cookie: undefined, authorization }
    const em = store.em.fork()
    const asker = await askerOf(em, credentialsOf(headers, config))
    const rights: Rights = await rightsOf(em, asker)
    const key = keyIn('board', id)
    const board = key === null ? null : await em.findOne(BoardTable, key)
    const mayRead = board?.visibility === 'public' || asker.scopes.has('read') || !asker.user
    return board && mayRead && rights.seesBoard(board) ? { em, board: await reveal(em, board) } : null
  }
  app.use(['/boards', '/embed'], (request, response, next) => {
    if (isOurName(request.headers, config)) return next()
    refuse(
      response,
      403,
      refusal('FORBIDDEN', 'Expected a request by the name of this server, but it came by another.'),
    )
  })

  app.get(/^\/boards\/(board-\d+)\.(csv|json|md|tex)$/, async (request: Request, response) => {
    const { 0: id, 1: form } = request.params as unknown as Record<string, string>
    const found = await seen(request, id!)
    if (!found) return notThere(response)
    const { type, write } = FORMS[form!]!
    response.set(PLAIN).attachment(`${id}.${form}`).type(type)
    response.send(write(await tableOf(found.em, found.board)))
  })

  app.get('/boards/:id/badge.svg', async (request: Request<{ id: string }>, response) => {
    const found = await seen(request, request.params.id)
    if (!found) return notThere(response)
    const { em, board } = found
    const { entry: asked } = request.query
    const key = typeof asked === 'string' ? keyIn('entry', asked) : null
    const entry = key === null ? null : await em.findOne(BoardEntryTable, { id: key, boardId: board.id })
    const length = await lengthOf(em, board.id)
    const rank = entry && (await rankNow(em, entry))
    const place = rank === null ? 'not ranked' : `#${rank} of ${length}`
    const text = entry ? place : `${length} ${length === 1 ? 'entry' : 'entries'}`
    response.set({ ...EMBEDDED, 'Cross-Origin-Resource-Policy': 'cross-origin' }).type('image/svg+xml')
    response.send(badgeOf(board.name, text))
  })

  app.get('/embed/:id', async (request: Request<{ id: string }>, response) => {
    const found = await seen(request, request.params.id)
    if (!found) return notThere(response)
    const { em, board } = found
    response.set(EMBEDDED).removeHeader('X-Frame-Options')
    response
      .type('html')
      .send(pageOf(await tableOf(em, board, MOST_EMBEDDED), `${address()}/boards/${boardId(board.id)}`))
  })
}

const notThere = (response: Response) =>
  refuse(response, 404, refusal('NOT_FOUND', 'Expected a board that you may see, but there is none here.'))
