import { useWords } from '../../language/use-words.ts'
import type { CardProps } from './card-props.ts'

/** The safety measures of a run: pilot rooms, and self-service locked. */
export function CareCard({ form, onChange }: CardProps) {
  const text = useWords().planForm
  return (
    <section className="card stack">
      <h2>{text.careTitle}</h2>
      <label className="field narrow-field">
        {text.canary}
        <input
          type="number"
          min={0}
          max={100}
          value={form.canary}
          onChange={event => onChange({ canary: Number(event.target.value) })}
        />
        <span>{text.canaryAbout}</span>
      </label>
      <label className="tick-line">
        <input type="checkbox" checked={form.freeze} onChange={event => onChange({ freeze: event.target.checked })} />
        {text.freeze}
      </label>
      <label className="tick-line">
        <input
          type="checkbox"
          checked={form.overwriteChanged}
          onChange={event => onChange({ overwriteChanged: event.target.checked })}
        />
        {text.overwriteChanged}
      </label>
    </section>
  )
}
