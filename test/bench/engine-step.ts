// How long a step of a search or of final training takes here, beside the same in PyTorch: in turn, each in a process of its own.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { measureStep, PUBLISHED_GENOTYPES, SEARCH_STEPS } from '@cellboard/engine'
import { factsOf, LOG_EVERY_NODE, StepProfile, tableOf, type GraphFacts } from './step-profile.js'

/** The networks that both programs can build, by the names that bars and PyTorch program use. */
const NETWORKS = {
  darts: { space: 'darts', candidates: 'all', torch: 'darts', cells: 8, batch: 16 },
  stac1: { space: 'darts', candidates: 'representatives', torch: 'stac1', cells: 14, batch: 8 },
  'nas-bench-201': { space: 'nas-bench-201', candidates: 'all', torch: 'nb201', cells: 1, batch: 64 },
} as const
/** Final networks that both programs can build: the published depth and width. */
const FINAL = { nets: ['DARTS_V1', 'DARTS_V2'], cells: 20, channels: 36, batch: 16 } as const
/** Steps besides the one-level step of a search, and final networks. */
const TORCH_STEPS = fileURLToPath(new URL('../../bench/torch_steps.py', import.meta.url))
const ALIASES: Readonly<Record<string, string>> = { nb201: 'nas-bench-201' }

/** Steps that measureStep makes before it measures. */
const UNMEASURED = 2

/** At most twice PyTorch's time: the house standing. Half of it is the goal of the kernels' own work. */
const TARGET = 2

export interface Measured {
  readonly parameters: number
  readonly msMin: number
  readonly msMedian: number
  readonly peakMB: number
  /** Only of a run that is profiled. */
  readonly graph?: GraphFacts
}

export async function engineStep(args: readonly string[], tell: (what: string) => void) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      space: { type: 'string', default: 'darts' },
      step: { type: 'string', default: 'one-level' },
      net: { type: 'string' },
      cells: { type: 'string' },
      channels: { type: 'string' },
      batch: { type: 'string' },
      steps: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '1' },
      backend: { type: 'string', default: 'auto' },
      alone: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      python: { type: 'string', default: 'python3' },
      'torch-step': {
        type: 'string',
        default: fileURLToPath(new URL('../../../../shared/bench/torch_step.py', import.meta.url)),
      },
    },
  })
  const name = ALIASES[values.space] ?? values.space
  const network = NETWORKS[name as keyof typeof NETWORKS]
  if (!network) throw new Error(`Expected --space ${Object.keys(NETWORKS).join(', ')}, but received ${values.space}.`)
  const step = SEARCH_STEPS.find((one) => one === values.step)
  if (!step) throw new Error(`Expected --step ${SEARCH_STEPS.join(', ')}, but received ${values.step}.`)
  const net = FINAL.nets.find((one) => one === values.net)
  if (values.net !== undefined && !net)
    throw new Error(`Expected --net ${FINAL.nets.join(', ')}, but received ${values.net}.`)
  const number = (flag: 'cells' | 'channels' | 'batch' | 'steps' | 'rounds', otherwise?: number) => {
    const value = values[flag] === undefined ? otherwise! : Number(values[flag])
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`Expected --${flag} as a whole number from 1, but received ${values[flag]}.`)
    return value
  }
  const size = {
    cells: number('cells', net ? FINAL.cells : network.cells),
    channels: number('channels', net ? FINAL.channels : 16),
    batch: number('batch', net ? FINAL.batch : network.batch),
    steps: number('steps'),
  }
  const conditions = {
    ...size,
    ...(net ? { net } : { space: name, step }),
    machine: `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores`,
    load: loadavg()[0],
  }

  if (values.alone) {
    const { space, candidates } = network
    const backend = values.backend as Parameters<typeof measureStep>[0]['backend']
    const subject = net ? { genotype: PUBLISHED_GENOTYPES[net]! } : { space, candidates, step }
    let graph: GraphFacts | undefined
    const seen = (nodes: Parameters<typeof factsOf>[0]) => (graph = factsOf(nodes))
    const measured = await measureStep({ ...size, ...subject, backend, ...(values.profile && { seen }) }, tell)
    const { milliseconds } = measured
    const alone = {
      parameters: measured.parameters,
      msMin: round(milliseconds[0]!),
      msMedian: round(milliseconds[Math.floor(milliseconds.length / 2)]!),
      peakMB: measured.peakMB,
    }
    const { name: backendName, version, device } = measured.backend
    return {
      name: 'engine-step',
      figure: alone.msMedian,
      unit: 'ms a step',
      target: null,
      holds: null,
      ...alone,
      firstSeconds: round(measured.firstSeconds),
      nodes: measured.nodes,
      ...(graph && { graph }),
      conditions: { ...conditions, backend: `${backendName} ${version}, ${device}` },
    }
  }

  const flags = Object.entries(size).flatMap(([key, value]) => [`--${key}`, String(value)])
  const which = net ? ['--net', net] : step === 'one-level' ? [] : ['--step', step]
  const alone = ['engine-step', '--alone', '--space', name, '--backend', values.backend]
  const ours = [process.execPath, process.argv[1]!, ...alone, ...which, ...flags]

  if (values.profile) {
    const profile = new StepProfile()
    const { graph } = await lastLine([...ours, '--profile'], profile)
    const kernels = profile.shares(graph!, UNMEASURED)
    tableOf(kernels).forEach(tell)
    const figure = round(kernels.reduce((sum, { ms }) => sum + ms, 0))
    return {
      name: 'engine-step',
      figure,
      unit: 'ms a step in kernels, one after the other',
      target: null,
      holds: null,
      kernels,
      conditions,
    }
  }

  const script = net || step !== 'one-level' ? TORCH_STEPS : values['torch-step']
  if (!existsSync(script))
    throw new Error(
      `Expected PyTorch's step at ${script}, but there is none. Give its path by --torch-step, or measure ours with --alone.`,
    )
  const threads = String(availableParallelism())
  const theirs = [values.python, script, '--space', network.torch, '--threads', threads, ...which, ...flags]
  const rounds: { engine: Measured; torch: Measured }[] = []
  for (let round = 1, all = number('rounds'); round <= all; round++) {
    tell(`round ${round} of ${all}: this engine`)
    const engine = await lastLine(ours)
    tell(`round ${round} of ${all}: PyTorch`)
    rounds.push({ engine, torch: await lastLine(theirs) })
  }
  for (const { engine, torch } of rounds)
    if (engine.parameters !== torch.parameters)
      throw new Error(
        `Expected the same network in both, but ours has ${engine.parameters} weights and PyTorch's ${torch.parameters}.`,
      )
  const ratios = rounds.map(({ engine, torch }) => engine.msMedian / torch.msMedian).sort((a, b) => a - b)
  const figure = round(ratios[Math.floor(ratios.length / 2)]!, 3)
  return {
    name: 'engine-step',
    figure,
    unit: "of PyTorch's median time a step",
    target: TARGET,
    holds: figure <= TARGET,
    memory: round(Math.max(...rounds.map(({ engine, torch }) => engine.peakMB / torch.peakMB)), 3),
    rounds,
    conditions,
  }
}

const round = (value: number, digits = 1) => Number(value.toFixed(digits))

/**
 * Runs a program and reads the JSON of its last line on standard output. A profile makes TensorFlow log each node, and hears it;
 * what else the program says on standard error goes to ours.
 */
async function lastLine([command, ...args]: string[], profile?: StepProfile): Promise<Measured> {
  const env = { ...process.env, ...(profile && LOG_EVERY_NODE) }
  const child = spawn(command!, args, { env, stdio: ['ignore', 'pipe', profile ? 'pipe' : 'inherit'] })
  let output = ''
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()))
  if (profile)
    createInterface(child.stderr!).on('line', (line) => void (profile.hear(line) || process.stderr.write(`${line}\n`)))
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed)
    child.once('close', done)
  })
  if (code !== 0) throw new Error(`Expected ${command} to end well, but it ended with code ${code}.`)
  return JSON.parse(output.trim().split('\n').at(-1)!) as Measured
}
