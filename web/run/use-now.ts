// The present, second by second while something moves: for "since" and "ago".
import { useEffect, useState } from 'react'

/** Milliseconds since 1970. */
export function useNow(moving: boolean, every = 1000): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!moving) return
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [moving, every])
  return now
}
