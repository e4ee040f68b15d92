import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { Choice } from '../../ui/choice.tsx'
import { keepCsv } from '../drop-csv.tsx'
import type { WhoCardProps } from './card-props.ts'
import { Pick } from './pick.tsx'
import type { Who } from './plan-form.ts'

/** Who gets a new ID. */
export function WhoCard({ form, departments, selected, onChange, onCsv }: WhoCardProps) {
  const words = useWords()
  const text = words.planForm
  const format = useFormat()
  const { who, days, department, csv } = form
  const pick = (value: Who) => ({
    name: 'who',
    value,
    chosen: who,
    onPick: (who: Who) => onChange({ who }),
    label: text.whos[value],
  })
  return (
    <fieldset className="card choices">
      <legend>{text.whoTitle}</legend>
      <Pick {...pick('guessable')} />
      <Pick {...pick('everyone')} />
      <Pick {...pick('olderThan')}>
        <label className="field">
          {text.days}
          <input
            type="number"
            min={1}
            value={days}
            onChange={event => onChange({ days: Number(event.target.value) })}
          />
        </label>
      </Pick>
      {departments.length > 0 && (
        <Pick {...pick('department')}>
          <Choice
            label={words.rooms.department}
            value={department || departments[0]!}
            options={departments.map(value => ({ value, label: value }))}
            onChange={department => onChange({ department })}
          />
        </Pick>
      )}
      <Pick {...pick('selected')}>
        <p className="small quiet">
          {selected === 0 ? text.nobodySelected : words.rooms.selected(selected, format.integer)}
        </p>
      </Pick>
      <Pick {...pick('csv')}>
        <label className="file">
          {csv === null ? text.chooseFile : csv.name}
          <input
            type="file"
            accept=".csv,text/csv"
            onChange={event => {
              const file = event.target.files?.[0]
              if (file) void keepCsv(file).then(onCsv)
            }}
          />
        </label>
        <p className="small quiet">{text.csvAbout}</p>
      </Pick>
    </fieldset>
  )
}
