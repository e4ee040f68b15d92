import { useWords } from '../../language/use-words.ts'
import type { CardProps } from './card-props.ts'
import { Pick } from './pick.tsx'

const targets = ['self', 'webex'] as const

/** Where rooms change: here, or on Webex. */
export function TargetCard({ form, onChange }: CardProps) {
  const text = useWords().target
  return (
    <fieldset className="card choices">
      <legend>{text.label}</legend>
      {targets.map(target => (
        <Pick
          key={target}
          name="target"
          value={target}
          chosen={form.target}
          onPick={target => onChange({ target })}
          label={text.choices[target]}
          about={text.choicesAbout[target]}
        />
      ))}
    </fieldset>
  )
}
