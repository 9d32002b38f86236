// Keeps zod from compiling its checks with eval: a strict content security policy forbids it, and the form needs no such speed.
import { config } from 'zod'

config({ jitless: true })
