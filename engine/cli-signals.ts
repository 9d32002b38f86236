// Ctrl-C and its kin: they end a command's work in order, and the process soon after in any case.

/** The exit code is 128 and the signal's number, as shells have it. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const
/** Within this time the engine gives back its tensors; after it the process just ends. */
const GRACE_MS = 900

interface StopSetting {
  /** What is said besides that it stopped. */
  readonly hint?: string
  /** How long the work may take to end, such as for a checkpoint to be written; 900 ms when absent. A second signal ends it at once. */
  readonly graceMs?: number
}

/** Runs `work`, whose signal aborts at Ctrl-C. @returns its exit code, or that of the signal that stopped it */
export async function untilStopped(
  work: (signal: AbortSignal) => Promise<number>,
  { hint = '', graceMs = GRACE_MS }: StopSetting = {},
): Promise<number> {
  const stop = new AbortController()
  let stopped: number | null = null
  let grace: NodeJS.Timeout | undefined
  const onSignal = (signal: keyof typeof SIGNALS) => {
    if (stopped !== null) process.exit(SIGNALS[signal])
    stopped = SIGNALS[signal]
    grace = setTimeout(() => process.exit(SIGNALS[signal]), graceMs)
    stop.abort()
  }
  for (const signal of Object.keys(SIGNALS)) process.on(signal, onSignal)
  try {
    return await work(stop.signal)
  } catch (error) {
    if (stopped === null) throw error
    process.stderr.write(`Stopped.${hint && ` ${hint}`}\n`)
    return stopped
  } finally {
    clearTimeout(grace)
    for (const signal of Object.keys(SIGNALS)) process.off(signal, onSignal)
  }
}
