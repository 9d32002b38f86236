// How the dashboard is built into dist/site, and served while one works on it, with the API of a server on port 4000.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { collectOperations } from './collect-operations.js'

const schema = fileURLToPath(new URL('../schema', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))
const { hashes, texts } = collectOperations(here)

/** Writes down beside the page what it asks, for the server to read. */
const operations: Plugin = {
  name: 'cellboard-operations',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'operations.json', source: JSON.stringify(texts) })
  },
}

export default defineConfig({
  root: here,
  base: '/',
  plugins: [react(), operations],
  define: { OPERATION_HASHES: JSON.stringify(hashes) },
  resolve: { alias: [{ find: /^@cellboard\/schema\/([a-z0-9-]+)$/, replacement: `${schema}/$1.ts` }] },
  // assetsInlineLimit 0: every asset is a file, so that a strict content security policy can stand.
  build: {
    outDir: 'dist/site',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // TensorFlow.js and GraphiQL are that large, and loaded only by who tries a network or the API.
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { '/graphql': { target: 'http://localhost:4000', ws: true } } },
})
