import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { client } from '../../data/client.ts'
import { keys } from '../../data/keys.ts'
import { type Ids, makePlan, type People, type Target } from '../../data/rotations.ts'
import { useSite } from '../../data/session.ts'
import { useDepartments } from '../../data/use-departments.ts'
import { useConnection } from '../../data/webex-connection.ts'
import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { selectedEmails } from '../../rooms/selection.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { wordsForError } from '../../ui/states.tsx'
import { type Csv, DropCsv, droppedCsv, keepCsv } from '../drop-csv.tsx'

type Who = People['who'] | 'csv' | 'selected'
const whos = ['guessable', 'everyone', 'olderThan', 'department', 'selected', 'csv'] as const
const targets = ['self', 'webex'] as const
const kinds = ['random', 'words', 'system', 'template', 'csv'] as const

/** Who gets a new ID, and how it is made. Nothing changes before the plan has been seen and started. */
export function NewRotation() {
  const words = useWords()
  const text = words.rotations
  const { siteUrl } = useSite()
  const [, navigate] = useLocation()
  const [parameters] = useSearchParams()
  const asked = parameters.get('who') as Who | null
  const [who, setWho] = useState<Who>(asked !== null && whos.includes(asked as never) ? asked : 'guessable')
  const [csv, setCsv] = useState<Csv | null>(droppedCsv)
  const [days, setDays] = useState(365)
  const departments = useDepartments()
  const [department, setDepartment] = useState('')
  const [kind, setKind] = useState<Ids['kind']>(hasIds(csv) && asked === 'csv' ? 'csv' : 'random')
  const [bits, setBits] = useState(60)
  const [template, setTemplate] = useState('{last}-{random:13}')
  const [canary, setCanary] = useState(10)
  const [freeze, setFreeze] = useState(false)
  const [target, setTarget] = useState<Target>('self')
  const connected = useConnection().data?.by != null
  const selected = selectedEmails()

  const plan = useMutation({
    mutationFn: () => makePlan(siteUrl, people(), ids(), { canary, freeze, target }),
    onSuccess: async number => {
      await client.invalidateQueries({ queryKey: keys.rotations })
      navigate(`/rotations/${number}`)
    },
  })

  function people(): People {
    switch (who) {
      case 'olderThan':
        return { who, days }
      case 'department':
        return { who, department: department || (departments[0] ?? '') }
      case 'selected':
        return { who: 'listed', name: text.selection, csv: `email\n${selected.join('\n')}\n` }
      case 'csv':
        return { who: 'listed', name: csv?.name ?? '', csv: csv?.text ?? '' }
      default:
        return { who } as People
    }
  }

  function ids(): Ids {
    if (kind === 'random') return { kind, prefix: '', bits }
    if (kind === 'words') return { kind, bits }
    return kind === 'template' ? { kind, template } : { kind }
  }

  const takeCsv = (taken: Csv) => {
    setCsv(taken)
    setWho('csv')
    if (hasIds(taken)) setKind('csv')
  }
  const incomplete = (who === 'csv' && csv === null) || (who === 'selected' && selected.length === 0)
  const above = (
    <Link href="/rotations" className="back">
      ← {words.app.places.rotations}
    </Link>
  )
  return (
    <DropCsv onCsv={takeCsv}>
      <Page title={text.plan} above={above}>
        {connected && (
          <fieldset className="card choices">
            <legend>{words.target.choose}</legend>
            {targets.map(each => (
              <Pick
                key={each}
                name="target"
                value={each}
                chosen={target}
                onPick={setTarget}
                label={words.target.choices[each]}
                about={words.target.choicesAbout[each]}
              />
            ))}
          </fieldset>
        )}
        <div className="columns">
          <fieldset className="card choices">
            <legend>{text.whoTitle}</legend>
            <Pick name="who" value="guessable" chosen={who} onPick={setWho} label={text.whos.guessable} />
            <Pick name="who" value="everyone" chosen={who} onPick={setWho} label={text.whos.everyone} />
            <Pick name="who" value="olderThan" chosen={who} onPick={setWho} label={text.whos.olderThan}>
              <label className="field">
                {text.days}
                <input type="number" min={1} value={days} onChange={event => setDays(Number(event.target.value))} />
              </label>
            </Pick>
            {departments.length > 0 && (
              <Pick name="who" value="department" chosen={who} onPick={setWho} label={text.whos.department}>
                <Choice
                  label={words.rooms.department}
                  value={department || departments[0]!}
                  options={departments.map(value => ({ value, label: value }))}
                  onChange={setDepartment}
                />
              </Pick>
            )}
            <SelectedPick count={selected.length} who={who} onPick={setWho} />
            <Pick name="who" value="csv" chosen={who} onPick={setWho} label={text.whos.csv}>
              <label className="file">
                {csv === null ? text.chooseFile : csv.name}
                <input
                  type="file"
                  accept=".csv,text/csv"
                  onChange={event => {
                    const file = event.target.files?.[0]
                    if (file) void keepCsv(file).then(takeCsv)
                  }}
                />
              </label>
              <p className="small quiet">{text.csvAbout}</p>
            </Pick>
          </fieldset>
          <fieldset className="card choices">
            <legend>{text.howTitle}</legend>
            {kinds
              .filter(each => each !== 'csv' || (who === 'csv' && hasIds(csv)))
              .map(each => (
                <Pick
                  key={each}
                  name="kind"
                  value={each}
                  chosen={kind}
                  onPick={setKind}
                  label={text.kinds[each]}
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
                        onChange={event => setBits(Number(event.target.value))}
                      />
                    </label>
                  )}
                  {each === 'template' && (
                    <label className="field">
                      {text.template}
                      <input value={template} onChange={event => setTemplate(event.target.value)} />
                    </label>
                  )}
                </Pick>
              ))}
          </fieldset>
        </div>
        <section className="card stack">
          <h2>{text.careTitle}</h2>
          <label className="field narrow-field">
            {text.canary}
            <input
              type="number"
              min={0}
              max={100}
              value={canary}
              onChange={event => setCanary(Number(event.target.value))}
            />
            <span>{text.canaryAbout}</span>
          </label>
          <label className="tick-line">
            <input type="checkbox" checked={freeze} onChange={event => setFreeze(event.target.checked)} />
            {text.freeze}
          </label>
        </section>
        {plan.error && (
          <Notice tone="bad" role="alert">
            {wordsForError(plan.error, words)}
          </Notice>
        )}
        <div className="actions">
          <ActionButton size={40} disabled={incomplete} busy={plan.isPending} onClick={() => plan.mutate()}>
            {plan.isPending ? text.planningNow : text.makePlan}
          </ActionButton>
          <p className="quiet beside">{text.nothingYet}</p>
        </div>
      </Page>
    </DropCsv>
  )
}

/** Whether the CSV brings the new IDs, too. */
function hasIds(csv: Csv | null): boolean {
  return csv !== null && /\bpersonalMeetingRoomId\b/.test(csv.text.slice(0, 1000).split('\n')[0] ?? '')
}

function SelectedPick({ count, who, onPick }: { count: number; who: Who; onPick(who: Who): void }) {
  const words = useWords()
  const format = useFormat()
  const text = words.rotations
  return (
    <Pick name="who" value="selected" chosen={who} onPick={onPick} label={text.whos.selected}>
      <p className="small quiet">{count === 0 ? text.nobodySelected : words.rooms.selected(count, format.integer)}</p>
    </Pick>
  )
}

interface PickProps<Value extends string> {
  name: string
  value: NoInfer<Value>
  chosen: Value
  label: string
  about?: string
  onPick: (value: Value) => void
  /** What else to say when this is chosen. */
  children?: ReactNode
}

function Pick<Value extends string>({ name, value, chosen, label, about, onPick, children }: PickProps<Value>) {
  return (
    <div className="pick">
      <label className="tick-line">
        <input type="radio" name={name} value={value} checked={value === chosen} onChange={() => onPick(value)} />
        <span>
          {label}
          {about && <span className="quiet small pick-about">{about}</span>}
        </span>
      </label>
      {value === chosen && children && <div className="pick-more">{children}</div>}
    </div>
  )
}
