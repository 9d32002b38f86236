// Writes schema/schema.graphql, the page that people review: `npm run print-schema -w @cellboard/server`.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { buildApi } from './schema.js'
import { printApi } from './sdl.js'

const file = createRequire(import.meta.url).resolve('@cellboard/schema/schema.graphql')
writeFileSync(file, printApi(await buildApi()))
