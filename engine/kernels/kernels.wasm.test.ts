// The battery of kernels on WebAssembly.
import { wasm } from '../backend/wasm.js'
import { testKernels } from './battery.js'

await testKernels(wasm)
