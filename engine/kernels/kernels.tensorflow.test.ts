// The battery of kernels on TensorFlow's own library.
import { tensorflow } from '../backend/tensorflow.js'
import { testKernels } from './battery.js'

await testKernels(tensorflow)
