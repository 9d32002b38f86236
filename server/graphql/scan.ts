// A first look at a document's text, before it is parsed: so that no text, however it nests, can keep the parser busy.
import { Lexer, Source, TokenKind, type GraphQLError } from 'graphql'
import type { Limits } from './limits.js'
import { cutText, isCut, limitExceeded } from './refusal.js'

const OPENS = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L])
const CLOSES = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R])

/**
 * The first limit that a text breaks by its length, tokens or nesting, or that it holds what no text may; null where it may be
 * parsed. @throws where it has no tokens.
 */
export function scan(text: string, limits: Limits): GraphQLError | null {
  if (text.length > limits.documentChars) return limitExceeded('documentChars', limits.documentChars, text.length)
  const lexer = new Lexer(new Source(text))
  let open = 0
  for (let tokens = 0; lexer.advance().kind !== TokenKind.EOF; tokens++) {
    if (tokens >= limits.tokens) return limitExceeded('tokens', limits.tokens, null)
    if (isCut(lexer.token.value ?? '')) return cutText()
    if (OPENS.has(lexer.token.kind)) open++
    else if (CLOSES.has(lexer.token.kind)) open--
    if (open > limits.nesting) return limitExceeded('nesting', limits.nesting, null)
  }
  return null
}
