/** Takes a CSV file that is dropped on the page, and leads to the form for a plan with it. */
import { type DragEvent, type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import { useWords } from '../language/use-words.ts'
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

export function DropCsv({ children, onCsv }: { children: ReactNode; onCsv?: (csv: Csv) => void }) {
  const words = useWords()
  const [, navigate] = useLocation()
  const [over, setOver] = useState(false)

  async function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file === undefined) return
    const csv = await keepCsv(file)
    if (onCsv) onCsv(csv)
    else navigate('/rotations/new?who=csv')
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the form has a button for files.
    <div
      className={over ? 'drop over' : 'drop'}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => void drop(event)}
    >
      {over && <p className="drop-hint">{words.rotations.dropHere}</p>}
      {children}
    </div>
  )
}
