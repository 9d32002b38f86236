// Serves the built dashboard: files with a hash in their name for ever, the page itself for every other address.
import { existsSync, readFileSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'
import express, { type Express, type Request, type Response } from 'express'

const NOT_BUILT =
  'The dashboard is not built yet. Run `npm run build` (or `npm start`, which does it), then load this page again. The API is at /graphql.\n'

/** The page loads what comes from here and nothing else, runs no script that was written into it, and is framed by nobody. */
const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    // Trained networks are computed in the page, by WebAssembly: that may be compiled, text may not become script.
    "script-src 'self' 'wasm-unsafe-eval'",
    // Libraries of the page write styles into it by themselves.
    "style-src 'self' 'unsafe-inline'",
    // A picture that somebody chose for such a network is shown from the page's own memory.
    "img-src 'self' data: blob:",
    // GraphiQL's letters come within its styles.
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
}

const TEXTS = new Set(['.js', '.css', '.html', '.svg', '.json'])

export function serveSite(app: Express, folder: string): void {
  const packed = new Map<string, Buffer>()

  /** Answers with the packed form of a text under assets/: its name holds a hash, so once packed it stays right. */
  function sendPacked(request: Request, response: Response, next: () => void): void {
    const file = normalize(join(folder, request.path))
    const wanted =
      request.acceptsEncodings('gzip') && TEXTS.has(extname(file)) && file.startsWith(join(folder, 'assets'))
    if (!wanted || !existsSync(file)) return next()
    const bytes = packed.get(file) ?? gzipSync(readFileSync(file))
    packed.set(file, bytes)
    response.type(extname(file)).set({ 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' })
    response.set('Cache-Control', 'public, max-age=31536000, immutable').send(bytes)
  }

  app.use((_request, response, next) => {
    response.set(HEADERS)
    next()
  })
  app.get('/assets/{*path}', sendPacked)
  app.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }))
  app.use(express.static(folder, { index: false }))
  // Loading the page does not use up a sign-in link: programs that look ahead load pages too. The page itself sends the mutation.
  app.get('/{*path}', (_request, response) => {
    response.set('Cache-Control', 'no-store')
    const page = join(folder, 'index.html')
    if (existsSync(page)) response.type('html').send(readFileSync(page))
    else response.status(503).type('text').send(NOT_BUILT)
  })
}
