// Numbers as people read them: counts, shares, losses, durations and times.

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 })

/** 1930618 -> 1,930,618 */
export const countText = (count: number): string => whole.format(count)

/** 1930618 -> 1.93M */
export const shortCountText = (count: number): string => short.format(count)

/** 0.8734 -> 87.3 %; something that is not a number is named so. */
export const percentText = (share: number, digits = 1): string =>
  Number.isFinite(share) ? `${(share * 100).toFixed(digits)} %` : 'not a number'

/** Four significant digits; something that is not a number is named so. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'not a number'
  if (!Number.isFinite(value)) return value > 0 ? 'infinite' : '-infinite'
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 1e6 || size < 1e-4) return value.toExponential(2)
  return Number.isInteger(value) ? whole.format(value) : String(Number(value.toPrecision(4)))
}

/** Seconds as the two largest units that matter: 8 s, 3 min 20 s, 2 h 5 min, 3 d 4 h. */
export function durationText(seconds: number): string {
  const total = Math.max(0, Math.round(seconds))
  if (total < 60) return `${total} s`
  const minutes = Math.floor(total / 60)
  if (minutes < 60) return total % 60 && minutes < 10 ? `${minutes} min ${total % 60} s` : `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`
  return hours % 24 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${Math.floor(hours / 24)} d`
}

/** How long ago, seen from `now`, both in milliseconds since 1970. */
export function agoText(time: number, now: number): string {
  const seconds = (now - time) / 1000
  return seconds < 10 ? 'just now' : `${durationText(seconds).split(' ').slice(0, 2).join(' ')} ago`
}

export const clockText = (time: number): string =>
  new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** Megabytes, or gigabytes from a thousand on. */
export const memoryText = (megabytes: number): string =>
  megabytes >= 1000 ? `${(megabytes / 1000).toFixed(1)} GB` : `${Math.round(megabytes)} MB`
