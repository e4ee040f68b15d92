/** Every room's ID as the service shows it, by e-mail. */
import type { Site } from './site.ts'

const page = 1000

interface Page {
  items: { email: string; personalMeetingRoomId: string }[]
  next: string | null
}

/** Starting after the room at that position. */
export async function readRooms(site: Site, place: number): Promise<Map<string, string>> {
  const rooms = new Map<string, string>()
  for (let from: string | null = `place=${place}`; from !== null; ) {
    const found: Page | undefined = await site.call<Page>('GET', `${site.path}/rooms?max=${page}&${from}`)
    if (found === undefined) return rooms
    for (const { email, personalMeetingRoomId } of found.items) rooms.set(email, personalMeetingRoomId)
    from = found.next && `cursor=${encodeURIComponent(found.next)}`
  }
  return rooms
}
