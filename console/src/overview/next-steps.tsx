/** What the administrator should do next, each step with a link. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Audit } from '../../../src/wire/audit.ts'
import type { RoomAnswer } from '../../../src/wire/rooms.ts'
import { useNewestRotations, wantsApproval } from '../data/attention.ts'
import { call, query } from '../data/call.ts'
import { keys } from '../data/keys.ts'
import type { RotationAnswer } from '../data/rotations.ts'
import { useSite } from '../data/session.ts'
import type { Words } from '../language/en.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'

/** States of rotations that need attention, the most urgent first. */
const unfinished = ['running', 'stopped', 'planned'] as const

interface Step {
  about: string
  action: string
  path: string
}

export function NextSteps({ audit }: { audit: Audit }) {
  const words = useWords()
  const text = words.nextSteps
  const format = useFormat()
  const site = useSite()
  const weak = audit.strength.filter(({ fromBits }) => fromBits < 20).reduce((sum, { rooms }) => sum + rooms, 0)
  const pinned = usePinnedWeak(weak > 0)
  const rotations = useNewestRotations()
  const open = unfinished.flatMap(
    state => rotations.data?.filter(rotation => rotation.state === state && rotation.undone === null) ?? [],
  )

  const steps: Step[] = open.slice(0, 1).map(rotation => stepOf(rotation, text))
  // What an open rotation is there to change is not proposed for another one.
  const unpinned = weak - (pinned ?? weak)
  if (unpinned > 0 && open.length === 0 && rotations.isSuccess) {
    steps.push({
      about: text.weak(unpinned, format.integer),
      action: text.weakAction,
      path: '/rotations/new?who=guessable',
    })
  }
  if (pinned !== undefined && pinned > 0) {
    steps.push({
      about: text.pinned(Math.min(pinned, weak), format.integer),
      action: text.pinnedAction,
      path: '/rooms?pinned=true&strength=weak',
    })
  }
  const ownRules = site.recordHolder === 'held'
  if (ownRules && site.generationMethod !== 'random') {
    steps.push({
      about: text.method(words.methods[site.generationMethod]),
      action: text.methodAction,
      path: '/settings',
    })
  }
  if (ownRules && site.allowCustomUrl && site.minimumStrength === 0) {
    steps.push({ about: text.selfService, action: text.selfServiceAction, path: '/settings' })
  }
  const isKnown = rotations.isSuccess && (weak === 0 || pinned !== undefined)
  return (
    <section className="card">
      <h2>{text.title}</h2>
      {steps.length === 0 && isKnown && <p className="quiet">{text.nothing}</p>}
      <ol className="steps">
        {steps.map(({ about, action, path }) => (
          <li key={action}>
            <span>{about}</span>
            <Link href={path} className="more">
              {action}
            </Link>
          </li>
        ))}
      </ol>
    </section>
  )
}

function stepOf(rotation: RotationAnswer, text: Words['nextSteps']): Step {
  const { number, state, approval, plannedBy } = rotation
  const path = `/rotations/${number}`
  if (wantsApproval(rotation)) {
    return { about: text.approve(number, plannedBy), action: text.approveAction, path }
  }
  const isWaiting = state === 'planned' && approval === 'needed'
  const about = isWaiting ? text.waitsForApproval(number) : text[state as (typeof unfinished)[number]](number)
  return { about, action: text.openRotation, path }
}

/** How many guessable rooms rotations skip; undefined until it is known. */
function usePinnedWeak(wanted: boolean): number | undefined {
  const { siteUrl } = useSite()
  const path = `/api/sites/${encodeURIComponent(siteUrl)}/rooms${query({ strength: 'weak', pinned: true, max: 1000 })}`
  const { data } = useQuery({
    queryKey: [...keys.rooms, path],
    queryFn: async () => (await call<{ items: RoomAnswer[] }>('GET', path)).items.length,
    enabled: wanted,
    staleTime: 30_000,
  })
  return data
}
