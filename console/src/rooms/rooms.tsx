import Button from '@momentum-design/components/react/button/index.js'
import Searchfield from '@momentum-design/components/react/searchfield/index.js'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { useSite } from '../data/session.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { useAddPeople } from '../people/add-people.tsx'
import { NobodyYet } from '../people/nobody-yet.tsx'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { Broken, Empty, Waiting, wordsForError } from '../ui/states.tsx'
import { emptyFilters, FilterRow, filterNames } from './filters.tsx'
import { RoomTable, rowHeight } from './room-table.tsx'
import { useScrollWindow } from './scroll-window.ts'
import { clearSelection, useSelection } from './selection.ts'
import { SelectionBar } from './selection-bar.tsx'
import { type Filters, type RoomList, useAllRooms, useFoundRooms } from './use-rooms.ts'
import { keyOfFilters, useSelectAll } from './use-select-all.ts'

export function Rooms() {
  const words = useWords()
  const text = words.rooms
  const { siteUrl, recordHolder } = useSite()
  const [filters, setFilters] = useFilters()
  const box = useRef<HTMLDivElement>(null)
  const [count, setCount] = useState(0)
  const window = useScrollWindow(box, count, rowHeight)
  const asked = useDeferredValue(filters)
  const filtered = filterNames.some(name => asked[name] !== '')
  const everybody = useAllRooms(siteUrl, window.first, window.end, !filtered)
  const found = useFoundRooms(siteUrl, asked, window.end, filtered)
  const shown = filtered ? found : everybody
  const selection = useSelection()
  const all = useSelectAll(siteUrl)
  const adding = useAddPeople(true)
  const isHeld = recordHolder === 'held'

  useEffect(() => setCount(shown.count), [shown.count])
  const filtersKey = keyOfFilters(asked)
  const { reset } = window
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query starts at the top.
  useEffect(reset, [filtersKey, siteUrl])

  const nobody = !filtered && !shown.isPending && !shown.error && shown.count === 0
  if (nobody) {
    return (
      <Page title={words.app.places.rooms}>
        <NobodyYet title={text.emptyTitle} />
      </Page>
    )
  }
  return (
    <Page title={words.app.places.rooms} actions={isHeld && adding.button}>
      {isHeld && adding.rest}
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
      <SelectionBar selection={selection} gathering={all.soFar}>
        <Count list={shown} />
      </SelectionBar>
      {all.error !== null && (
        <Notice tone="bad" role="alert">
          {wordsForError(all.error, words)}
        </Notice>
      )}
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
          allSelected={all.soFar !== null || selection.allOf === filtersKey}
          onSelectAll={on => {
            if (on) return void all.start(asked)
            all.end()
            clearSelection()
          }}
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

/** The filters are in the URL, so that a view can be shared. */
function useFilters(): [Filters, (filters: Filters) => void] {
  const [parameters, setParameters] = useSearchParams()
  const filters = Object.fromEntries(filterNames.map(name => [name, parameters.get(name) ?? ''])) as Filters
  const set = (next: Filters) =>
    setParameters(new URLSearchParams(Object.entries(next).filter(([, value]) => value !== '')), { replace: true })
  return [filters, set]
}
