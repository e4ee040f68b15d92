import { useWords } from '../../language/use-words.ts'
import type { CardProps } from './card-props.ts'
import { Pick } from './pick.tsx'
import { offersCsvIds } from './plan-form.ts'

const kinds = ['random', 'words', 'system', 'template', 'csv'] as const

/** How the new IDs are made. */
export function HowCard({ form, onChange }: CardProps) {
  const words = useWords()
  const text = words.planForm
  const { kind, bits, template } = form
  const offered = kinds.filter(each => each !== 'csv' || offersCsvIds(form))
  return (
    <fieldset className="card choices">
      <legend>{text.howTitle}</legend>
      {offered.map(each => (
        <Pick
          key={each}
          name="kind"
          value={each}
          chosen={kind}
          onPick={kind => onChange({ kind })}
          label={words.rotations.kinds[each]}
          about={text.kindsAbout[each]}
        >
          {(each === 'random' || each === 'words') && (
            <label className="field">
              {text.bits}
              <input
                type="number"
                min={20}
                max={256}
                value={bits}
                onChange={event => onChange({ bits: Number(event.target.value) })}
              />
            </label>
          )}
          {each === 'template' && (
            <label className="field">
              {text.template}
              <input value={template} onChange={event => onChange({ template: event.target.value })} />
            </label>
          )}
        </Pick>
      ))}
    </fieldset>
  )
}
