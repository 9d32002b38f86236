// Tells a value once it has stood still for a while: what one types is asked about when one pauses.
import { useEffect, useRef } from 'react'

/** @param delay milliseconds */
export function useDelayed<Value>(value: Value, delay: number, tell: (value: Value) => void): void {
  const latest = useRef(tell)
  latest.current = tell
  useEffect(() => {
    const timer = setTimeout(() => latest.current(value), delay)
    return () => clearTimeout(timer)
  }, [value, delay])
}
