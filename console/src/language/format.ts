/** Numbers and times in the chosen language. */
import { useMemo } from 'react'
import { type Language, useLanguage } from './use-words.ts'

const dayMs = 24 * 60 * 60 * 1000

export function useFormat() {
  const language = useLanguage()
  return useMemo(() => formats(language), [language])
}

export type Format = ReturnType<typeof formats>

function formats(language: Language) {
  const integer = new Intl.NumberFormat(language)
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumSignificantDigits: 3 })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const finePercent = new Intl.NumberFormat(language, { style: 'percent', maximumSignificantDigits: 2 })
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const dateTimeSeconds = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' })
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  return {
    integer: (value: number) => integer.format(value),
    /** `1.2M`; from 10^15 on as a power of ten, because few people know the words. */
    compact: (value: number) => (value < 1e15 ? compact.format(value) : `10^${Math.round(Math.log10(value))}`),
    /** Never rounds a share above 0 to 0%, nor one below 1 to 100%. */
    percent: (share: number) => (share > 0 && share < 0.01 ? finePercent : percent).format(wholeOrPart(share)),
    date: (iso: string) => date.format(new Date(iso)),
    dateTime: (iso: string) => dateTime.format(new Date(iso)),
    /** With seconds, as in `7:41:07`. */
    time: (ms: number) => time.format(ms),
    dateTimeSeconds: (iso: string) => dateTimeSeconds.format(new Date(iso)),
    ago: (iso: string) => ago(relative, Date.now() - Date.parse(iso)),
    /** A rough duration: `40 sec`, `12 min`, `3 hr`. */
    duration: (seconds: number) => duration(language, seconds),
  }
}

function wholeOrPart(share: number): number {
  return share > 0.99 && share < 1 ? 0.99 : share
}

function duration(language: Language, seconds: number): string {
  const [unit, size] = seconds < 90 ? ['second', 1] : seconds < 90 * 60 ? ['minute', 60] : ['hour', 3600]
  const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: size === 3600 ? 1 : 0 } as const
  return new Intl.NumberFormat(language, options).format(Math.max(1, seconds) / Number(size))
}

function ago(relative: Intl.RelativeTimeFormat, ms: number): string {
  const days = ms / dayMs
  if (days >= 365) return relative.format(-Math.floor(days / 365), 'year')
  if (days >= 60) return relative.format(-Math.floor(days / 30), 'month')
  if (days >= 1) return relative.format(-Math.floor(days), 'day')
  if (ms >= 3_600_000) return relative.format(-Math.floor(ms / 3_600_000), 'hour')
  if (ms >= 60_000) return relative.format(-Math.floor(ms / 60_000), 'minute')
  return relative.format(0, 'second')
}
