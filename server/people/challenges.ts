// What was asked of somebody and is still open: challenges to sign, sign-ins that went to a provider. In memory: they live for minutes.
import { newSecret } from './secrets.js'

const MINUTES_5 = 300_000
/** The oldest is given up where more are asked for: who floods us keeps others waiting, not our memory. */
const MOST = 1_000

export class Challenges<Asked> {
  readonly #open = new Map<string, { asked: Asked; until: number }>()

  constructor(readonly now: () => number = () => Date.now()) {}

  /** The name under which the answer comes back. */
  add(asked: Asked): string {
    const id = newSecret()
    this.#open.set(id, { asked, until: this.now() + MINUTES_5 })
    if (this.#open.size > MOST) this.#open.delete(this.#open.keys().next().value!)
    return id
  }

  /** Once: null where it is unknown, was taken or is too old. */
  take(id: string): Asked | null {
    const found = this.#open.get(id)
    this.#open.delete(id)
    return found && found.until > this.now() ? found.asked : null
  }
}
