import type { RoomAnswer } from '../../../src/wire/rooms.ts'
import { useSite } from '../data/session.ts'
import { useWords } from '../language/use-words.ts'

/** What stands in place of an ID: somebody has no room, or it has not been read yet, or could not be. */
export function NoId({ room: { host, unreadReason } }: { room: RoomAnswer }) {
  const words = useWords()
  const { recordHolder } = useSite()
  const unread = recordHolder === 'mirrored' && host
  return <span className="quiet">{unread ? words.mirror.unread(unreadReason) : words.rooms.none}</span>
}
