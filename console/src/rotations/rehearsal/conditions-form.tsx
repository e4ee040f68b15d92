import { useWords } from '../../language/use-words.ts'
import { Choice } from '../../ui/choice.tsx'
import { type Conditions, type Preset, presetOf, presets } from './conditions.ts'

const maxPercent = 90
const maxSeconds = 86_400

/** What goes wrong in a rehearsal: one of a few presets, or custom values. */
export function ConditionsForm({
  conditions,
  onChange,
}: {
  conditions: Conditions
  onChange(conditions: Conditions): void
}) {
  const words = useWords()
  const text = words.rehearsal
  const preset = presetOf(conditions)
  const options = [...Object.keys(presets), ...(preset === null ? ['own'] : [])].map(value => ({
    value,
    label: text.presets[value as Preset | 'own'],
  }))
  const number = (name: keyof Conditions, max: number, step = 1) => (
    <label className="field">
      {text.conditions[name]}
      <input
        type="number"
        min={0}
        max={max}
        step={step}
        value={conditions[name]}
        onChange={event => onChange({ ...conditions, [name]: Math.min(max, Math.max(0, Number(event.target.value))) })}
      />
    </label>
  )
  return (
    <>
      <Choice
        first
        label={text.preset}
        value={preset ?? 'own'}
        options={options}
        onChange={value => value !== 'own' && onChange(presets[value as Preset])}
      />
      <p className="quiet small">{text.presetsAbout[preset ?? 'own']}</p>
      <details className="more-fields">
        <summary>{text.adjust}</summary>
        <div className="field-grid">
          {number('callsPerSecond', 1000, 0.5)}
          {number('pauseEvery', maxSeconds)}
          {number('pauseFor', 3600)}
          {number('lost', maxPercent)}
          {number('failed', maxPercent)}
          {number('half', maxPercent)}
          {number('slow', maxPercent)}
          {number('slowSeconds', 60)}
          {number('staleSeconds', maxSeconds)}
        </div>
        <p className="quiet small">{text.noneIsZero}</p>
      </details>
    </>
  )
}
