import type { RefObject } from 'react'
import { Link } from 'wouter'
import type { RoomAnswer } from '../../../src/wire/rooms.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { Badge, IconLabel, StrengthBadge } from '../ui/badge.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { NoId } from './no-id.tsx'
import type { ScrollWindow } from './scroll-window.ts'
import type { Selection } from './selection.ts'
import type { RoomList } from './use-rooms.ts'

export const rowHeight = 56

interface Props {
  list: RoomList
  window: ScrollWindow
  box: RefObject<HTMLDivElement | null>
  selection: Selection
  /** Whether all rooms that match the filters are selected, or are being selected. */
  allSelected: boolean
  onSelectAll(all: boolean): void
}

/** The table of rooms. Only the rows in view are in the document. */
export function RoomTable({ list, window, box, selection, allSelected, onSelectAll }: Props) {
  const words = useWords()
  const text = words.rooms
  const rows = Array.from({ length: Math.max(0, window.end - window.first) }, (_, index) => window.first + index)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section className="scroll-box" ref={box} onScroll={window.onScroll} tabIndex={0} aria-label={text.list}>
      <table className="rooms" aria-rowcount={list.more ? -1 : list.count + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="tick">
              <input
                type="checkbox"
                aria-label={text.selectAll}
                checked={allSelected}
                onChange={event => onSelectAll(event.target.checked)}
              />
            </th>
            <th scope="col" className="who">
              {text.person}
            </th>
            <th scope="col" className="what">
              {text.id}
            </th>
            <th scope="col" className="how">
              {text.strength}
            </th>
            <th scope="col" className="wide made">
              {text.madeFrom}
            </th>
            <th scope="col" className="wide">
              {text.department}
            </th>
            <th scope="col" className="wide">
              {text.since}
            </th>
          </tr>
        </thead>
        <tbody>
          <Gap height={window.above} />
          {rows.map(row => (
            <Row key={row} row={row} room={list.at(row)} selection={selection} />
          ))}
          <Gap height={window.below} />
        </tbody>
      </table>
    </section>
  )
}

function Gap({ height }: { height: number }) {
  return height > 0 ? (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus.
    <tr aria-hidden="true">
      <td colSpan={2} className="gap" style={{ height }} />
    </tr>
  ) : null
}

function Row({ row, room, selection }: { row: number; room: RoomAnswer | null | undefined; selection: Selection }) {
  const words = useWords()
  const format = useFormat()
  if (room === undefined || room === null) {
    return (
      <tr aria-rowindex={row + 2} className="unread">
        <td colSpan={2}>
          {room === null ? <span className="quiet">{words.rooms.deleted}</span> : <span className="bone" />}
        </td>
      </tr>
    )
  }
  const { personId, email, displayName, department, guessability, personalMeetingRoomId, since } = room
  return (
    <tr aria-rowindex={row + 2}>
      <td className="tick">
        <input
          type="checkbox"
          aria-label={words.rooms.select(displayName)}
          checked={selection.has(room)}
          disabled={personalMeetingRoomId === null}
          onChange={event => selection.set(room, event.target.checked)}
        />
      </td>
      <td>
        <Link href={`/rooms/${encodeURIComponent(personId)}`} className="person">
          {displayName}
        </Link>
        <span className="quiet small e-mail">{email}</span>
        <code className="small narrow-only">{personalMeetingRoomId}</code>
      </td>
      <td className="person-id">
        {personalMeetingRoomId === null ? (
          <NoId room={room} />
        ) : (
          <span className="id">
            <code title={personalMeetingRoomId}>{personalMeetingRoomId}</code>
            <CopyButton small text={room.personalMeetingRoomLink ?? ''} label={words.rooms.copyLink(displayName)} />
          </span>
        )}
      </td>
      <td>
        <span className="id">
          {guessability && <StrengthBadge strength={guessability.strength} />}
          {room.pinned && <IconLabel icon="pin-bold" words={words.rooms.pinned} />}
          {room.suspended && <Badge tone="bad">{words.rooms.suspended}</Badge>}
        </span>
      </td>
      <td className="wide">{guessability && words.classes[guessability.class]}</td>
      <td className="wide">{department}</td>
      <td className="wide">
        {since && (
          <time dateTime={since} title={format.dateTime(since)}>
            {format.ago(since)}
          </time>
        )}
      </td>
    </tr>
  )
}
