/** Sites that are read from a target, which is the record of their rooms. */
import { integer, plural } from '../numbers.ts'

export const mirror = {
  siteMirrored:
    'This site is a mirror of {target}, which has its rooms; change them there, or by a rotation of that target.',
  siteHeld:
    '{siteUrl} is held by Roomkey itself and has people, so it cannot become a mirror; use another database (--database) for it.',
  otherMirrorTarget: '{siteUrl} is a mirror of {target} already; read it from there.',
  siteNotMirrored: '{siteUrl} is held by Roomkey itself, so there is nothing to read.',
  listShrunk: ({ missing, known }: { missing: number; known: number }) =>
    `The list of people lacks ${integer(missing)} of the ${plural(known, 'person', 'people')} known, or their rooms, so nobody was removed; if that is right, read it with --accept-shrink.`,
  planFromMirror: ({ count, age }: { count: number; age: string }) =>
    `${plural(count, 'room')} ${count === 1 ? 'is' : 'are'} as the mirror has ${count === 1 ? 'it' : 'them'}, read ${age} ago or later.`,
  freshUnread: 'not read yet',
  freshRead: 'read {age} ago',
  freshBetween: 'read between {oldest} and {newest} ago',
  freshToGo: ({ fresh, unread, rooms }: { fresh: string; unread: number; rooms: number }) =>
    `${fresh}; ${integer(unread)} of ${integer(rooms)} not read yet`,
  freshFailed: ({ fresh, failed }: { fresh: string; failed: number }) =>
    `${fresh}; ${plural(failed, 'room')} could not be read`,
  ageSeconds: ({ count }: { count: number }) => plural(count, 'second'),
  ageMinutes: ({ count }: { count: number }) => plural(count, 'minute'),
  ageHours: ({ count }: { count: number }) => plural(count, 'hour'),
  ageDays: ({ count }: { count: number }) => plural(count, 'day'),
} as const
