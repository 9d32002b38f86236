// Asks a part of a board's page anew after each change that was told of the board.
import { useEffect } from 'react'

/** @param changes how many were told so far */
export function useAgain(changes: number, ask: (options: { requestPolicy: 'network-only' }) => void): void {
  useEffect(() => {
    if (changes > 0) ask({ requestPolicy: 'network-only' })
  }, [changes])
}
