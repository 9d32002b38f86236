// The server's log: lines of JSON on standard error, without secrets. The values of a failed statement are hidden: among them are
// hashes, addresses and names.
import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino'

const STATEMENT = /\b(select|insert into|update|delete from)\s/i
/** Texts of a statement, and all after the first of them that does not end. */
const TEXTS = /'(?:[^']|'')*(?:'|$)/g

/** A statement as it reads without what it was about; any other text as it is. */
const hidden = (text: string): string => (STATEMENT.test(text) ? text.replace(TEXTS, "'...'") : text)

/** What helps to find a mistake, and no further property: some libraries put the whole request there. */
function told(error: Error) {
  const { type, message, stack, code } = stdSerializers.err(error) as ReturnType<typeof stdSerializers.err> & {
    code?: unknown
  }
  return { type, message: hidden(message), stack: hidden(stack), ...(typeof code === 'string' && { code }) }
}

export const openLog = (level: string, to: DestinationStream = pino.destination({ fd: 2, sync: true })): Logger =>
  pino({ level, serializers: { err: told } }, to)
