import Button from '@momentum-design/components/react/button/index.js'
import Searchfield from '@momentum-design/components/react/searchfield/index.js'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { ImportHint } from '../parts/import-hint.tsx'
import { Page } from '../parts/page.tsx'
import { Broken, Empty, Waiting } from '../parts/states.tsx'
import { useFormat } from '../shell/format.ts'
import { useWords } from '../shell/preferences.tsx'
import { useSite } from '../shell/session.tsx'
import { emptyFilters, FilterRow, filterNames } from './filters.tsx'
import { RoomTable, rowHeight } from './room-table.tsx'
import { useScrollWindow } from './scroll-window.ts'
import { clearSelection, selectRooms, useSelection } from './selection.ts'
import { SelectionBar } from './selection-bar.tsx'
import { type Filters, type RoomList, readRooms, useAllRooms, useFoundRooms } from './use-rooms.ts'

export function Rooms() {
  const words = useWords()
  const text = words.rooms
  const { siteUrl } = useSite()
  const [filters, setFilters] = useFilters()
  const list = useRef<RoomList>(null)
  const box = useRef<HTMLDivElement>(null)
  const [count, setCount] = useState(0)
  const window = useScrollWindow(box, count, rowHeight)
  const asked = useDeferredValue(filters)
  const filtered = filterNames.some(name => asked[name] !== '')
  const all = useAllRooms(siteUrl, window.first, window.end, !filtered)
  const found = useFoundRooms(siteUrl, asked, window.end, filtered)
  const shown = filtered ? found : all
  list.current = shown
  const selection = useSelection()
  const [gathering, setGathering] = useState<number | null>(null)

  useEffect(() => setCount(shown.count), [shown.count])
  const question = JSON.stringify(asked)
  const { reset } = window
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at the top.
  useEffect(reset, [question, siteUrl])

  async function selectAll(on: boolean) {
    if (!on) return clearSelection()
    setGathering(0)
    selectRooms(await gather(siteUrl, filters, setGathering))
    setGathering(null)
  }

  const nobody = !filtered && !shown.isPending && !shown.error && shown.count === 0
  if (nobody) {
    return (
      <Page title={words.shell.places.rooms}>
        <Empty icon="people-bold" title={text.emptyTitle} action={<ImportHint />}>
          {text.empty}
        </Empty>
      </Page>
    )
  }
  return (
    <Page title={words.shell.places.rooms}>
      <div className="search-row">
        <Searchfield
          placeholder={text.searchHint}
          dataAriaLabel={text.search}
          clearAriaLabel={text.clear}
          value={filters.q}
          onInput={event => setFilters({ ...filters, q: (event.target as { value: string }).value })}
          onClear={() => setFilters({ ...filters, q: '' })}
        />
      </div>
      <FilterRow filters={filters} onChange={setFilters} />
      <SelectionBar selection={selection} gathering={gathering}>
        <Count list={shown} />
      </SelectionBar>
      {shown.error ? (
        <Broken error={shown.error} onRetry={shown.refetch} />
      ) : shown.isPending ? (
        <Waiting lines={10} />
      ) : shown.count === 0 ? (
        <Empty
          icon="search-bold"
          title={text.nobodyTitle}
          action={
            <Button variant="secondary" onClick={() => setFilters(emptyFilters)}>
              {text.clearFilters}
            </Button>
          }
        >
          {text.nobody}
        </Empty>
      ) : null}
      <div hidden={shown.count === 0 || shown.isPending || shown.error !== null}>
        <RoomTable
          list={shown}
          window={window}
          box={box}
          selection={selection}
          allSelected={gathering !== null || selection.all}
          onSelectAll={selectAll}
        />
      </div>
    </Page>
  )
}

function Count({ list }: { list: RoomList }) {
  const words = useWords()
  const format = useFormat()
  return (
    <p role="status" className="quiet count">
      {list.isPending || list.count === 0 ? ' ' : words.rooms.count(list.count, list.more, format.integer)}
    </p>
  )
}

/** The filters stand in the address, so that a view can be sent to somebody. */
function useFilters(): [Filters, (filters: Filters) => void] {
  const [parameters, setParameters] = useSearchParams()
  const filters = Object.fromEntries(filterNames.map(name => [name, parameters.get(name) ?? ''])) as Filters
  const set = (next: Filters) =>
    setParameters(new URLSearchParams(Object.entries(next).filter(([, value]) => value !== '')), { replace: true })
  return [filters, set]
}

/** Every room that the filters leave. */
async function gather(siteUrl: string, filters: Filters, onProgress: (count: number) => void) {
  const rooms = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const rest: Record<string, string | number> = { max: 1000, ...(cursor && { cursor }) }
    const page = await readRooms(siteUrl, filters, rest, new AbortController().signal)
    rooms.push(...page.items.filter(({ personalMeetingRoomId }) => personalMeetingRoomId !== null))
    onProgress(rooms.length)
    cursor = page.next
  }
  return rooms
}
