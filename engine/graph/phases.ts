// To which part of a step an operation belongs: tfjs' gradients call the function first, then go back, and what follows uses them.
import * as tf from '@tensorflow/tfjs-core'

export type Phase = 'forward' | 'backward' | 'optimiser'

/** Runs `fn`, and tells each part as it begins; a step with several gradients goes through them several times. */
export function throughPhases<T>(tell: (phase: Phase) => void, fn: () => T): T {
  const engine = tf.engine()
  const gradients = engine.gradients.bind(engine)
  engine.gradients = (f, ...rest) => {
    tell('forward')
    const result = gradients(
      () => {
        const value = f()
        tell('backward')
        return value
      },
      ...rest,
    )
    tell('optimiser')
    return result
  }
  try {
    return fn()
  } finally {
    delete (engine as Partial<typeof engine>).gradients // back to the prototype's
  }
}
