/** The people selected for a rotation or to copy their links. Lost when the console is closed or reloaded. */
import { useMemo, useSyncExternalStore } from 'react'
import type { RoomAnswer } from '../../../src/wire/rooms.ts'

export interface Selected {
  email: string
  link: string | null
}

/** By lower-case e-mail address. */
let selected: ReadonlyMap<string, Selected> = new Map()
let allOf: string | null = null
const listeners = new Set<() => void>()

function change(next: ReadonlyMap<string, Selected>, filters: string | null = null): void {
  selected = next
  allOf = filters
  for (const listener of listeners) listener()
}

export interface Selection {
  people: ReadonlyMap<string, Selected>
  /** The filters whose matches were selected as a whole, as a key; null otherwise. */
  allOf: string | null
  has(room: RoomAnswer): boolean
  set(room: RoomAnswer, on: boolean): void
}

export function useSelection(): Selection {
  const people = useSyncExternalStore(subscribe, () => selected)
  return useMemo(
    () => ({
      people,
      allOf,
      has: ({ email }) => people.has(email.toLowerCase()),
      set(room, on) {
        const next = new Map(selected)
        if (on) next.set(room.email.toLowerCase(), asSelected(room))
        else next.delete(room.email.toLowerCase())
        change(next)
      },
    }),
    [people],
  )
}

export function selectRooms(rooms: RoomAnswer[], filters: string): void {
  change(new Map(rooms.map(room => [room.email.toLowerCase(), asSelected(room)])), filters)
}

/** Selects the addresses in a pasted text, whatever separates them, and gives their number. */
export function selectPasted(text: string): number {
  const emails = new Set(text.match(/[^\s,;<>"']+@[^\s,;<>"']+/g) ?? [])
  const next = new Map(selected)
  for (const email of emails) if (!next.has(email.toLowerCase())) next.set(email.toLowerCase(), { email, link: null })
  change(next)
  return emails.size
}

export function clearSelection(): void {
  change(new Map())
}

/** The addresses of the selected people. */
export function selectedEmails(): string[] {
  return [...selected.values()].map(({ email }) => email)
}

function asSelected({ email, personalMeetingRoomLink }: RoomAnswer): Selected {
  return { email, link: personalMeetingRoomLink }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
