/** What the administrator should do next, each step with a link. */
import { Link } from 'wouter'
import type { Audit } from '../../../src/wire/audit.ts'
import { useRotations } from '../data/rotations.ts'
import { useSite } from '../data/session.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'

/** States of rotations that need attention, the most urgent first. */
const unfinished = ['running', 'stopped', 'planned'] as const
type Unfinished = (typeof unfinished)[number]

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

  const rotations = useRotations()
  const open = unfinished.flatMap(state => rotations.data?.filter(rotation => rotation.state === state) ?? [])[0]

  const steps: Step[] = []
  if (open) {
    const { number, state } = open
    steps.push({ about: text[state as Unfinished](number), action: text.openRotation, path: `/rotations/${number}` })
  }
  if (weak > 0) {
    steps.push({
      about: text.weak(weak, format.integer),
      action: text.weakAction,
      path: '/rotations/new?who=guessable',
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
  return (
    <section className="card">
      <h2>{text.title}</h2>
      {steps.length === 0 && <p className="quiet">{text.nothing}</p>}
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
