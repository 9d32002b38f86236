// Prints the API as SDL: `npm run print-schema -w @cellboard/server` writes schema/schema.graphql, the page that people review.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { printSchema } from 'graphql'
import { buildApi } from './schema.js'

const file = createRequire(import.meta.url).resolve('@cellboard/schema/schema.graphql')
writeFileSync(file, `${printSchema(await buildApi())}\n`)
