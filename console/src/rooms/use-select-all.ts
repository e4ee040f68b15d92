/** Selects all rooms that match the filters. On a large site this reads many pages; it can be cancelled. */
import { useEffect, useRef, useState } from 'react'
import type { RoomAnswer } from '../../../src/wire/rooms.ts'
import { selectRooms } from './selection.ts'
import { type Filters, readRooms } from './use-rooms.ts'

const pageSize = 1000

export interface SelectAll {
  /** How many were found so far; null while none are being selected. */
  soFar: number | null
  error: unknown
  start(filters: Filters): Promise<void>
  end(): void
}

export function useSelectAll(siteUrl: string): SelectAll {
  const [soFar, setSoFar] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const current = useRef<AbortController>(null)
  useEffect(() => () => current.current?.abort(), [])

  function end() {
    current.current?.abort()
    setSoFar(null)
    setError(null)
  }

  async function start(filters: Filters) {
    end()
    const own = new AbortController()
    current.current = own
    setSoFar(0)
    try {
      const rooms = await gather(siteUrl, filters, own.signal, setSoFar)
      setSoFar(null)
      selectRooms(rooms, keyOfFilters(filters))
    } catch (fault) {
      if (own.signal.aborted) return
      setSoFar(null)
      setError(fault)
    }
  }

  return { soFar, error, start, end }
}

/** The filters as one string, to compare them. */
export function keyOfFilters(filters: Filters): string {
  return JSON.stringify(filters)
}

/** Every room that matches the filters. */
async function gather(siteUrl: string, filters: Filters, signal: AbortSignal, onProgress: (count: number) => void) {
  const rooms: RoomAnswer[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page = await readRooms(siteUrl, filters, { max: pageSize, ...(cursor && { cursor }) }, signal)
    for (const room of page.items) if (room.personalMeetingRoomId !== null) rooms.push(room)
    onProgress(rooms.length)
    cursor = page.next
  }
  return rooms
}
