import { useMutation } from '@tanstack/react-query'
import { useReducer } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { client } from '../../data/client.ts'
import { keys } from '../../data/keys.ts'
import { makeListedPlan, makePlan } from '../../data/rotations.ts'
import { useSite } from '../../data/session.ts'
import { useDepartments } from '../../data/use-departments.ts'
import { useConnection } from '../../data/webex-connection.ts'
import { useWords } from '../../language/use-words.ts'
import { selectedEmails } from '../../rooms/selection.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { wordsForError } from '../../ui/states.tsx'
import { DropCsv, droppedCsv } from '../drop-csv.tsx'
import { CareCard } from './care-card.tsx'
import { HowCard } from './how-card.tsx'
import { changeForm, initialForm, isComplete, type PlanForm, planWish } from './plan-form.ts'
import { TargetCard } from './target-card.tsx'
import { UnmatchedPeople, unmatchedIn } from './unmatched-people.tsx'
import { WhoCard } from './who-card.tsx'

/** The form for a plan. Nothing changes before the plan has been seen and started. */
export function NewRotation() {
  const words = useWords()
  const text = words.planForm
  const { siteUrl, recordHolder } = useSite()
  const mirrored = recordHolder === 'mirrored'
  const [, navigate] = useLocation()
  const [parameters] = useSearchParams()
  const [form, dispatch] = useReducer(
    changeForm,
    {
      asked: parameters.get('who'),
      csv: droppedCsv(),
      target: mirrored ? 'webex' : 'self',
      allowUnmatched: parameters.has('without-unmatched'),
    },
    initialForm,
  )
  const onChange = (set: Partial<PlanForm>) => dispatch({ set })
  const departments = useDepartments()
  const connected = useConnection().data?.by != null
  const surroundings = { selected: selectedEmails(), selectionName: text.selection, departments }
  const plan = useMutation({
    mutationFn: () => {
      const wish = planWish(form, surroundings)
      return 'table' in wish ? makeListedPlan(siteUrl, wish.listed, wish.table.file) : makePlan(siteUrl, wish.request)
    },
    onSuccess: async ({ number, list }) => {
      await client.invalidateQueries({ queryKey: keys.rotations })
      navigate(`/rotations/${number}`, { state: { list } })
    },
  })
  const unmatched = unmatchedIn(plan.error)
  const above = (
    <Link href="/rotations" className="back">
      ← {words.app.places.rotations}
    </Link>
  )
  return (
    <Page title={words.rotations.plan} above={above}>
      <DropCsv onCsv={csv => dispatch({ takeCsv: csv })} />
      {connected && !mirrored && <TargetCard form={form} onChange={onChange} />}
      <div className="columns">
        <WhoCard
          form={form}
          departments={departments}
          selected={surroundings.selected.length}
          onChange={onChange}
          onCsv={csv => dispatch({ takeCsv: csv })}
        />
        <HowCard form={form} onChange={onChange} />
      </div>
      <CareCard form={form} onChange={onChange} />
      {(unmatched !== null || form.allowUnmatched) && (
        <UnmatchedPeople form={form} onChange={onChange} unmatched={unmatched} />
      )}
      {plan.error && unmatched === null && (
        <Notice tone="bad" role="alert">
          {wordsForError(plan.error, words)}
        </Notice>
      )}
      <div className="actions">
        <ActionButton
          size={40}
          disabled={!isComplete(form, surroundings)}
          busy={plan.isPending}
          onClick={() => plan.mutate()}
        >
          {plan.isPending ? text.reading : text.action}
        </ActionButton>
        <p className="quiet beside">{text.nothingYet}</p>
      </div>
    </Page>
  )
}
