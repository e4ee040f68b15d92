import Button from '@momentum-design/components/react/button/index.js'
import { useLocation } from 'wouter'
import { useRotations } from '../../data/rotations.ts'
import { useWords } from '../../language/use-words.ts'
import { Page } from '../../ui/page.tsx'
import { Broken, Empty, Waiting } from '../../ui/states.tsx'
import { DropCsv } from '../drop-csv.tsx'
import { RotationTable } from './rotation-table.tsx'

export function Rotations() {
  const words = useWords()
  const text = words.rotations
  const [, navigate] = useLocation()
  const rotations = useRotations()
  const plan = (
    <Button prefixIcon="plus-bold" onClick={() => navigate('/rotations/new')}>
      {text.plan}
    </Button>
  )
  return (
    <Page title={words.app.places.rotations} actions={plan}>
      <DropCsv />
      {rotations.isPending && <Waiting lines={6} />}
      {rotations.error && <Broken error={rotations.error} onRetry={() => void rotations.refetch()} />}
      {rotations.data?.length === 0 && (
        <Empty icon="refresh-bold" title={text.emptyTitle}>
          {text.empty}
        </Empty>
      )}
      {rotations.data !== undefined && rotations.data.length > 0 && (
        <section className="card table-box" aria-label={words.app.places.rotations}>
          <RotationTable rotations={rotations.data} />
        </section>
      )}
      <p className="quiet">{text.dropHint}</p>
    </Page>
  )
}
