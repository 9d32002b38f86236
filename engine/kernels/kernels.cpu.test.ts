// The battery of kernels on plain JavaScript.
import { cpu } from '../backend/cpu.js'
import { capture } from '../graph/capture.js'
import { testKernels } from './battery.js'

await testKernels(cpu, capture)
