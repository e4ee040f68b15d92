/** Takes a CSV file that is dropped on the page, and leads to the form for a plan with it. */
import { useLocation } from 'wouter'
import { useWords } from '../language/use-words.ts'
import { FileDrop } from '../ui/file-drop.tsx'
import { type Csv, readCsv } from './csv.ts'

let dropped: Csv | null = null

/** The file that was given last, for the form that a drop leads to. */
export function droppedCsv(): Csv | null {
  return dropped
}

export async function keepCsv(file: File): Promise<Csv> {
  dropped = await readCsv(file)
  return dropped
}

export function DropCsv({ onCsv }: { onCsv?: (csv: Csv) => void }) {
  const words = useWords()
  const [, navigate] = useLocation()
  async function take(file: File) {
    const csv = await keepCsv(file)
    if (onCsv) onCsv(csv)
    else navigate('/rotations/new?who=csv')
  }
  return <FileDrop hint={words.rotations.dropHere} onFile={file => void take(file)} />
}
