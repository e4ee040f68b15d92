/** The rooms of a list, read as they come into view. */
import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { RoomAnswer } from '../../../src/wire/rooms.ts'
import { call, query } from '../data/call.ts'
import { keys } from '../data/keys.ts'

export interface RoomsPage {
  items: RoomAnswer[]
  next: string | null
  places: number
}

/** The search and the filters; empty strings where they are not set. */
export type Filters = Record<
  'q' | 'class' | 'strength' | 'department' | 'olderThanDays' | 'pinned' | 'suspended' | 'host',
  string
>

export interface RoomList {
  count: number
  /** Whether more than `count` may match. */
  more: boolean
  /** The room in a row; undefined while it is being read, null where the person was deleted. */
  at(row: number): RoomAnswer | null | undefined
  isPending: boolean
  error: unknown
  refetch(): void
}

const pageSize = 100
/** Pages that are only scrolled past are not read. */
const settleMs = 40

export function readRooms(
  siteUrl: string,
  filters: Partial<Filters>,
  rest: Record<string, string | number>,
  signal: AbortSignal,
) {
  const path = `/api/sites/${encodeURIComponent(siteUrl)}/rooms${query({ ...filters, ...rest })}`
  return call<RoomsPage>('GET', path, undefined, signal)
}

/** All rooms of the site. Any part of the list can be read on its own. */
export function useAllRooms(siteUrl: string, first: number, end: number, enabled: boolean): RoomList {
  const head = useQuery({
    queryKey: [...keys.rooms, siteUrl, 'places', 0],
    queryFn: ({ signal }) => readRooms(siteUrl, {}, { place: 0, max: pageSize }, signal),
    enabled,
  })
  const wanted = useSettled(pagesBetween(first, end, head.data?.places ?? 0))
  const pages = useQueries({
    queries: wanted.map(page => ({
      queryKey: [...keys.rooms, siteUrl, 'places', page],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        readRooms(siteUrl, {}, { place: page * pageSize, max: pageSize }, signal),
      enabled,
      staleTime: 30_000,
      gcTime: 60_000,
    })),
  })
  const rooms = new Map<number, Map<number, RoomAnswer>>()
  pages.forEach(({ data }, index) => {
    if (data) rooms.set(wanted[index]!, new Map(data.items.map(room => [room.place, room])))
  })
  return {
    count: head.data?.places ?? 0,
    more: false,
    at(row) {
      const page = rooms.get(Math.floor(row / pageSize))
      return page === undefined ? undefined : (page.get(row + 1) ?? null)
    },
    isPending: head.isPending,
    error: head.error ?? pages.find(({ error }) => error !== null)?.error ?? null,
    refetch: () => void Promise.all([head.refetch(), ...pages.map(page => page.refetch())]),
  }
}

/** The pages in view, and half a page around it. */
function pagesBetween(first: number, end: number, places: number): number[] {
  const from = Math.max(0, Math.floor((first - pageSize / 2) / pageSize))
  const last = Math.max(0, Math.ceil(places / pageSize) - 1)
  const to = Math.min(last, Math.floor((end + pageSize / 2) / pageSize))
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, index) => from + index)
}

function useSettled(pages: number[]): number[] {
  const [settled, setSettled] = useState(pages)
  const key = pages.join()
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key.split(',').map(Number)), settleMs)
    return () => clearTimeout(timer)
  }, [key])
  return settled
}

/** The rooms that match the filters: read page by page from the top, as far as the view goes. */
export function useFoundRooms(siteUrl: string, filters: Filters, end: number, enabled: boolean): RoomList {
  const found = useInfiniteQuery({
    queryKey: [...keys.rooms, siteUrl, 'found', filters],
    queryFn: ({ pageParam, signal }) =>
      readRooms(siteUrl, filters, { max: pageSize, ...(pageParam && { cursor: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled,
    placeholderData: keepPreviousData,
  })
  const rooms = found.data?.pages.flatMap(({ items }) => items) ?? []
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = found
  const near = end + pageSize / 2 >= rooms.length
  useEffect(() => {
    if (enabled && hasNextPage && !isFetchingNextPage && near && !isError) void fetchNextPage()
  }, [enabled, hasNextPage, isFetchingNextPage, near, isError, fetchNextPage])
  return {
    count: rooms.length,
    more: hasNextPage,
    at: row => rooms[row],
    isPending: found.isPending || (rooms.length === 0 && hasNextPage),
    error: found.error,
    refetch: () => void found.refetch(),
  }
}
