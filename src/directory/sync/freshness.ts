/** How fresh a mirror is, in words: "read 14 minutes ago; 2,310 of 48,200 not read yet". */
import { type Message, message } from '../../messages/message.ts'
import type { Freshness } from '../../store/mirror/next-rooms.ts'

export function describeFreshness({ rooms, unread, failed, newestAt, oldestAt }: Freshness, now: number): Message {
  if (newestAt === null || oldestAt === null) return message('freshUnread')
  const [newest, oldest] = [describeAge(now - newestAt), describeAge(now - oldestAt)]
  // One age says it where the oldest reading is nearly as old.
  const fresh =
    now - oldestAt < 2 * (now - newestAt) + 60_000
      ? message('freshRead', { age: oldest })
      : message('freshBetween', { oldest, newest })
  const toGo = unread === 0 ? fresh : message('freshToGo', { fresh, unread, rooms })
  return failed === 0 ? toGo : message('freshFailed', { fresh: toGo, failed })
}

const units = [
  ['ageDays', 86_400_000],
  ['ageHours', 3_600_000],
  ['ageMinutes', 60_000],
] as const

/** A length of time as people say it. */
export function describeAge(ms: number): Message {
  const [code, unitMs] = units.find(([, unitMs]) => ms >= 2 * unitMs) ?? ['ageSeconds', 1000]
  return message(code, { count: Math.max(1, Math.floor(ms / unitMs)) })
}
