// `export`: a genotype as files, in every notation and drawn.
import { genotypeText } from '@cellboard/schema/genotype-text'
import { z } from 'zod'
import { checkFlags, describeFlags, flagsOf, readFlags } from './cli-flags.js'
import { jsonLine } from './cli-json.js'
import { UsageError } from './cli-usage-error.js'
import { writeGenotypeFiles } from './export/write-files.js'
import { parseGenotype } from './space/parse-genotype.js'
import { engineVersion } from './version.js'

const exportSchema = z.object({
  genotype: z.string().optional().describe("A published name, DARTS' tuple, NAS-Bench-201's string or JSON"),
  out: z.string().min(1).optional().describe('Folder to leave the files in; it is written as a whole'),
  json: z.boolean().default(false).describe('Print one line of JSON'),
  help: z.boolean().default(false).describe('Print this'),
})
const FLAGS = flagsOf(exportSchema)

const exportHelp = () => `npx cellboard export --genotype NAME --out DIR [flags]

Writes a cell as DARTS' or NAS-Bench-201's text, as JSON, as a Python module and drawn as SVG and PDF.

${describeFlags(FLAGS)}`

export async function exportCommand(args: readonly string[]): Promise<number> {
  const asked = checkFlags(exportSchema, readFlags(args, FLAGS))
  if (asked.help) {
    process.stdout.write(exportHelp())
    return 0
  }
  if (asked.genotype === undefined || asked.out === undefined)
    throw new UsageError('Expected --genotype NAME and --out DIR: which cell shall be written, and where to?')
  const genotype = parseGenotype(asked.genotype)
  const made = { engine: engineVersion(), created: new Date().toISOString() }
  const files = await writeGenotypeFiles(asked.out, genotype, { genotype: genotypeText(genotype), ...made })
  if (asked.json) process.stdout.write(jsonLine({ folder: asked.out, files }))
  else process.stdout.write(`Wrote into ${asked.out}: ${files.map(({ name }) => name).join(', ')}\n`)
  return 0
}
