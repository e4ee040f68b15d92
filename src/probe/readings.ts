/** How old readings are, and how the target asks to slow down: the questions that read. */
import { readHttpDate } from '../webex/calls/http-date.ts'
import type { ProbeTarget, TestRoom } from './target.ts'
import type { TargetAnswers } from './target-profile.ts'

const longestPauseMs = 60_000

/** Changes a room, and reads it until it shows that. `unknown` where it never did within the patience. */
export async function measureStaleness(
  target: ProbeTarget,
  room: TestRoom,
  change: () => Promise<string>,
): Promise<Pick<TargetAnswers, 'staleSeconds' | 'listedRooms'>> {
  const listedBefore = await target.readListed(room)
  const id = await change()
  const changedAt = target.now()
  const listed = listedBefore === null ? null : await target.readListed(room)
  const listedRooms = listedBefore === null ? 'absent' : listed === id ? 'fresh' : 'stale'
  for (let pauseMs = 1000; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const lookedAt = target.now()
    const shown = await target.readRoom(room)
    const seconds = Math.ceil((lookedAt - changedAt) / 1000)
    if (shown?.toLowerCase() === id.toLowerCase()) return { staleSeconds: pauseMs === 1000 ? 0 : seconds, listedRooms }
    if (target.now() - changedAt >= target.patienceMs) return { staleSeconds: 'unknown', listedRooms }
    target.tell(`the reading does not show the change yet, after ${seconds} s`)
    await target.pause(pauseMs)
  }
}

/** Reads as fast as it can, up to the burst, until the target asks to slow down. */
export async function askForWaits(target: ProbeTarget, room: TestRoom): Promise<Pick<TargetAnswers, 'retryAfter'>> {
  let left = target.burst
  const reader = async () => {
    while (left > 0 && target.waitsAsked.length === 0) {
      left -= 1
      await target.readOnce(room)
    }
  }
  await Promise.all(Array.from({ length: 8 }, reader))
  const forms = target.waitsAsked.map(formOf)
  return { retryAfter: forms.find(form => form !== 'seconds') ?? forms[0] ?? 'unknown' }
}

function formOf(header: string | null): NonNullable<TargetAnswers['retryAfter']> {
  if (header === null) return 'none'
  const text = header.trim()
  if (/^\d+$/.test(text)) return 'seconds'
  if (/^\d+\.\d+$/.test(text)) return 'fraction'
  return readHttpDate(text, Date.now()) === undefined ? 'other' : 'date'
}
