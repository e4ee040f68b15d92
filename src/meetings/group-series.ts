/** The meetings of a host, grouped: all occurrences of a series are one meeting that has to be corrected once. */
import type { ReadSeries } from '../store/meetings/affected.ts'

export interface Occurring {
  seriesId: string
  title: string
  /** In milliseconds since 1970. */
  startsAt: number
  linkId: string | null
}

/** In the order of their first occurrences. A renamed occurrence does not rename its series. */
export function groupSeries(meetings: readonly Occurring[]): ReadSeries[] {
  const bySeries = new Map<string, Occurring[]>()
  for (const meeting of meetings) {
    const known = bySeries.get(meeting.seriesId)
    if (known === undefined) bySeries.set(meeting.seriesId, [meeting])
    else known.push(meeting)
  }
  return [...bySeries.values()]
    .map(each => {
      const ordered = each.sort((one, other) => one.startsAt - other.startsAt)
      const first = ordered[0]!
      return {
        seriesId: first.seriesId,
        title: mostFrequent(ordered.map(({ title }) => title)),
        firstAt: first.startsAt,
        lastAt: ordered.at(-1)!.startsAt,
        occurrences: ordered.length,
        linkId: first.linkId,
      }
    })
    .sort((one, other) => one.firstAt - other.firstAt)
}

function mostFrequent(titles: string[]): string {
  const counts = new Map<string, number>()
  for (const title of titles) counts.set(title, (counts.get(title) ?? 0) + 1)
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}
