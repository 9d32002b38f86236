// The battery of kernels on TensorFlow's own library.
import { tensorflow } from '../backend/tensorflow.js'
import { capture } from '../graph/capture.js'
import { testKernels } from './battery.js'

await testKernels(tensorflow, capture)
