// For tests of the graph room: whether TensorFlow's addon can be loaded here; without it they are skipped.
import { createRequire } from 'node:module'

export const hasAddon = (() => {
  try {
    createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu')
    return true
  } catch {
    return false
  }
})()
