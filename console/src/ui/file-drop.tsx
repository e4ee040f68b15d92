/** Files that are dropped anywhere on the page. A file that no page wants is never opened by the browser. */
import { useEffect, useRef, useState } from 'react'

interface Props {
  /** What a drop does, in a few words over the whole page. */
  hint: string
  onFile(file: File): void
}

/** Takes the first file that is dropped while this is shown. */
export function FileDrop({ hint, onFile }: Props) {
  const [over, setOver] = useState(false)
  const take = useRef(onFile)
  useEffect(() => {
    take.current = onFile
  })
  useEffect(
    () =>
      listen({
        dragover: () => setOver(!isAsking()),
        // Without a related target the pointer has left the window.
        dragleave: event => event.relatedTarget === null && setOver(false),
        drop: event => {
          setOver(false)
          const file = event.dataTransfer?.files[0]
          if (file !== undefined && !isAsking()) take.current(file)
        },
      }),
    [],
  )
  if (!over) return null
  return (
    <div className="drop-over">
      <p className="drop-hint">{hint}</p>
    </div>
  )
}

/** Keeps the browser from opening a file that is dropped where nothing takes it. */
export function useNoFileOpens(): void {
  useEffect(() => listen({ dragover: event => event.preventDefault(), drop: event => event.preventDefault() }), [])
}

type Listeners = Partial<Record<'dragover' | 'dragleave' | 'drop', (event: DragEvent) => unknown>>

/** Listens on the window for files alone: text is dragged into fields. */
function listen(listeners: Listeners): () => void {
  const ending = new AbortController()
  for (const [type, listener] of Object.entries(listeners)) {
    const onlyFiles = (event: Event) => {
      if (event instanceof DragEvent && event.dataTransfer?.types.includes('Files')) listener(event)
    }
    window.addEventListener(type, onlyFiles, { signal: ending.signal })
  }
  return () => ending.abort()
}

/** A dialog is open: it is answered first. */
function isAsking(): boolean {
  return document.querySelector('dialog[open]') !== null
}
