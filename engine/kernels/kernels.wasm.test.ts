// The battery of kernels on WebAssembly.
import { wasm } from '../backend/wasm.js'
import { capture } from '../graph/capture.js'
import { testKernels } from './battery.js'

await testKernels(wasm, capture)
