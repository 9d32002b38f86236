// The battery of kernels on plain JavaScript.
import { cpu } from '../backend/cpu.js'
import { testKernels } from './battery.js'

await testKernels(cpu)
