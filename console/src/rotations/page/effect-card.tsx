import type { RotationAnswer } from '../../data/rotations.ts'
import { useStrengths } from '../../data/timeline.ts'
import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { type Bar, Bars, ChartTable } from '../../overview/charts.tsx'
import { Broken, Waiting } from '../../ui/states.tsx'

/** What the rotation was good for: how guessable its rooms were before, and are after it. */
export function EffectCard({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.effect
  const format = useFormat()
  const strengths = useStrengths(rotation)
  if (strengths.data?.rooms === 0) return null
  return (
    <section className="card stack">
      <h2>{text.title}</h2>
      {strengths.isPending && <Waiting lines={3} about={text.judging} />}
      {strengths.error && <Broken error={strengths.error} onRetry={() => void strengths.refetch()} />}
      {strengths.data && (
        <>
          <p className="lead">
            {text.guessable(
              strengths.data.before.weak,
              strengths.data.after.weak,
              strengths.data.rooms,
              format.integer,
            )}{' '}
            {text.median(bits(strengths.data.before.medianBits), bits(strengths.data.after.medianBits))}
          </p>
          <Bars
            bars={barsOf(strengths.data.after.strength)}
            before={strengths.data.before.strength.map(({ rooms }) => rooms)}
            about={text.chart}
            axis={words.overview.bitsAxis}
            percent={format.percent}
          />
          <p className="quiet small">{text.legend}</p>
          <ChartTable
            head={[words.overview.bitsAxis, text.beforeAfter]}
            rows={barsOf(strengths.data.after.strength).flatMap(({ range, value }, index) => {
              const before = strengths.data.before.strength[index]?.rooms ?? 0
              return before + value === 0 ? [] : [[range, `${format.integer(before)} → ${format.integer(value)}`]]
            })}
          />
        </>
      )}
    </section>
  )

  function bits(value: number | null): string {
    return format.integer(Math.round(value ?? 0))
  }

  function barsOf(strength: { fromBits: number; toBits: number | null; rooms: number }[]): Bar[] {
    return strength.map(({ fromBits, toBits, rooms }) => ({
      label: String(fromBits),
      range: toBits === null ? words.overview.bitsFrom(fromBits) : words.overview.bitsRange(fromBits, toBits),
      value: rooms,
      tone: fromBits < 20 ? 'bad' : fromBits < 60 ? 'fair' : 'good',
    }))
  }
}
