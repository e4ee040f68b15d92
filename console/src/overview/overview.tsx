import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Audit } from '../../../src/wire/audit.ts'
import { useNewestRotations } from '../data/attention.ts'
import { call, query } from '../data/call.ts'
import { keys } from '../data/keys.ts'
import { useSite } from '../data/session.ts'
import type { Words } from '../language/en.ts'
import { type Format, useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { NobodyYet } from '../people/nobody-yet.tsx'
import { RotationTable } from '../rotations/list/rotation-table.tsx'
import { Page } from '../ui/page.tsx'
import { Broken, Waiting } from '../ui/states.tsx'
import { Bars, ChartTable, Curve } from './charts.tsx'
import { NextSteps } from './next-steps.tsx'

export function Overview() {
  const words = useWords()
  const { siteUrl } = useSite()
  const audit = useQuery({
    queryKey: [...keys.audit, siteUrl],
    queryFn: () => call<Audit>('GET', `/api/audit${query({ siteUrl })}`),
  })
  return (
    <Page title={words.app.places.overview}>
      {audit.isPending && <Waiting lines={8} about={words.overview.auditing} />}
      {audit.error && <Broken error={audit.error} onRetry={() => void audit.refetch()} />}
      {audit.data?.rooms === 0 && <NobodyYet title={words.overview.emptyTitle} />}
      {audit.data !== undefined && audit.data.rooms > 0 && <AuditOverview audit={audit.data} />}
    </Page>
  )
}

function AuditOverview({ audit }: { audit: Audit }) {
  const words = useWords()
  const format = useFormat()
  const text = words.overview
  const [ten, thousand, million] = audit.found
  return (
    <>
      <p className="lead">{text.headline(roomsFound(million!.rooms, audit.rooms), audit.rooms, format.integer)}</p>
      <dl className="stats">
        <Stat name={text.within(format.integer(10))} value={format.percent(ten!.share)} bad={ten!.share > 0.01} />
        <Stat
          name={text.within(format.integer(1000))}
          value={format.percent(thousand!.share)}
          bad={thousand!.share > 0.01}
        />
        <Stat name={text.median} value={text.bits(format.integer(Math.round(audit.medianBits ?? 0)))} />
        <Stat
          name={text.medianAge}
          value={
            audit.ages.medianDays === null ? text.unknown : text.days(Math.floor(audit.ages.medianDays), format.integer)
          }
        />
      </dl>
      <div className="columns">
        <NextSteps audit={audit} />
        <Worst audit={audit} />
      </div>
      <LastRotations />
      <div className="columns">
        <Histogram audit={audit} words={words} format={format} />
        <Discovery audit={audit} words={words} format={format} />
      </div>
      <div className="columns">
        <Classes audit={audit} words={words} format={format} />
        <Ages audit={audit} words={words} format={format} />
      </div>
      <p className="quiet small">{text.auditedAt(format.dateTime(audit.auditedAt))}</p>
    </>
  )
}

/** The expected number of rooms found, rounded, but never to none or to all unless it is exactly that. */
function roomsFound(expected: number, rooms: number): number {
  if (expected === 0 || expected === rooms) return expected
  return Math.min(Math.max(Math.round(expected), 1), rooms - 1)
}

function Stat({ name, value, bad = false }: { name: string; value: string; bad?: boolean }) {
  return (
    <div className="card stat">
      <dt>{name}</dt>
      <dd className={bad ? 'bad-text' : undefined}>{value}</dd>
    </div>
  )
}

interface SectionProps {
  audit: Audit
  words: Words
  format: Format
}

function Histogram({ audit, words, format }: SectionProps) {
  const text = words.overview
  const bars = audit.strength.map(({ fromBits, toBits, rooms }) => ({
    label: String(fromBits),
    range: toBits === null ? text.bitsFrom(fromBits) : text.bitsRange(fromBits, toBits),
    value: rooms,
    tone: fromBits < 20 ? ('bad' as const) : fromBits < 60 ? ('fair' as const) : ('good' as const),
  }))
  return (
    <section className="card">
      <h2>{text.histogram}</h2>
      <p className="quiet">{text.histogramAbout}</p>
      <Bars bars={bars} about={text.histogram} axis={text.bitsAxis} percent={format.percent} />
      <ChartTable
        head={[text.bitsAxis, text.rooms]}
        rows={bars.filter(({ value }) => value > 0).map(({ range, value }) => [range, format.integer(value)])}
      />
    </section>
  )
}

function Discovery({ audit, words, format }: SectionProps) {
  const text = words.overview
  return (
    <section className="card">
      <h2>{text.curve}</h2>
      <p className="quiet">{text.curveAbout}</p>
      <Curve
        points={audit.curve}
        highlighted={[10, 1000, 1_000_000]}
        about={text.curve}
        axis={text.guessesAxis}
        percent={format.percent}
        compact={format.compact}
      />
      <ChartTable
        head={[text.guessesAxis, text.share]}
        rows={audit.curve
          .filter(({ guesses }) => Number.isInteger(Math.log10(guesses)))
          .map(({ guesses, share }) => [format.compact(guesses), format.percent(share)])}
      />
    </section>
  )
}

function Classes({ audit, words, format }: SectionProps) {
  const max = Math.max(...audit.classes.map(({ rooms }) => rooms))
  const sorted = [...audit.classes].sort((a, b) => b.rooms - a.rooms)
  return (
    <section className="card">
      <h2>{words.overview.classes}</h2>
      <p className="quiet">{words.overview.classesAbout}</p>
      <ul className="shares">
        {sorted.map(({ class: name, rooms }) => (
          <li key={name}>
            <Link href={`/rooms?class=${name}`}>{words.classes[name]}</Link>
            <span className="number">{format.integer(rooms)}</span>
            {rooms > 0 && <span className="share" style={{ inlineSize: `${(rooms / max) * 100}%` }} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Ages({ audit, words, format }: SectionProps) {
  const { bands, unknown } = audit.ages
  const named = bands.map(({ underDays, rooms }, index) => ({
    name: words.overview.ageBand(bands[index - 1]?.underDays ?? 0, underDays),
    from: bands[index - 1]?.underDays ?? 0,
    rooms,
  }))
  const max = Math.max(1, unknown, ...bands.map(({ rooms }) => rooms))
  return (
    <section className="card">
      <h2>{words.overview.ages}</h2>
      <p className="quiet">{words.overview.agesAbout}</p>
      <ul className="shares">
        {named.map(({ name, from, rooms }) => (
          <li key={name}>
            {from > 0 && rooms > 0 ? <Link href={`/rooms?olderThanDays=${from}`}>{name}</Link> : <span>{name}</span>}
            <span className="number">{format.integer(rooms)}</span>
            {rooms > 0 && <span className="share" style={{ inlineSize: `${(rooms / max) * 100}%` }} />}
          </li>
        ))}
        {unknown > 0 && (
          <li>
            <span>{words.overview.unknownAge}</span>
            <span className="number">{format.integer(unknown)}</span>
            <span className="share" style={{ inlineSize: `${(unknown / max) * 100}%` }} />
          </li>
        )}
      </ul>
    </section>
  )
}

function LastRotations() {
  const words = useWords()
  const rotations = useNewestRotations()
  return (
    <section className="card">
      <h2>{words.overview.rotations}</h2>
      {rotations.error && <Broken error={rotations.error} onRetry={() => void rotations.refetch()} />}
      {rotations.data?.length === 0 && <p className="quiet">{words.overview.noRotations}</p>}
      {rotations.data !== undefined && rotations.data.length > 0 && (
        <div className="table-box">
          <RotationTable rotations={rotations.data.slice(0, 3)} />
        </div>
      )}
    </section>
  )
}

function Worst({ audit }: { audit: Audit }) {
  const words = useWords()
  return (
    <section className="card">
      <h2>{words.overview.worst}</h2>
      <ul className="worst">
        {audit.worst.slice(0, 5).map(room => (
          <li key={room.email}>
            <Link href={`/rooms/${encodeURIComponent(room.personId ?? '')}`}>
              {`${room.firstName} ${room.lastName}`.trim() || room.email}
            </Link>
            <code>{room.roomId}</code>
            <span className="quiet small">{words.classes[room.class]}</span>
          </li>
        ))}
      </ul>
      <Link href="/rooms?strength=weak" className="more">
        {words.overview.allWeak}
      </Link>
    </section>
  )
}
