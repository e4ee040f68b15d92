/** Who is selected, for a rotation or to copy their links. Lasts as long as the console is open. */
import { useMemo, useSyncExternalStore } from 'react'
import type { RoomAnswer } from '../../../src/wire/rooms.ts'

export interface Selected {
  email: string
  link: string | null
}

/** By e-mail in lower case. */
let selected: ReadonlyMap<string, Selected> = new Map()
let allOf: string | null = null
const listeners = new Set<() => void>()

function change(next: ReadonlyMap<string, Selected>, question: string | null = null): void {
  selected = next
  allOf = question
  for (const listener of listeners) listener()
}

export interface Selection {
  people: ReadonlyMap<string, Selected>
  /** The question whose answer was selected as a whole, if one was. */
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

export function selectRooms(rooms: RoomAnswer[], question: string): void {
  change(new Map(rooms.map(room => [room.email.toLowerCase(), asSelected(room)])), question)
}

/** Adds the addresses in a pasted text, however they are separated. Says how many there were. */
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

/** The addresses of those who are selected. */
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
