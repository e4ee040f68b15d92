/** The way into a site of Roomkey's own: a button for a file, and a drop anywhere on the page. */
import Button from '@momentum-design/components/react/button/index.js'
import { type ReactNode, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useWords } from '../language/use-words.ts'
import { keepCsv } from '../rotations/drop-csv.tsx'
import { FileDrop } from '../ui/file-drop.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { ImportSheet } from './import-sheet.tsx'

/**
 * The button, and the rest, which belongs beside the page's content: dialogs would look like what they stand in.
 * @param orRotation asks of a dropped file whether its people are to be added, or to get new IDs.
 */
export function useAddPeople(orRotation: boolean): { button: ReactNode; rest: ReactNode } {
  const text = useWords().people
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [asked, setAsked] = useState<File | null>(null)
  const button = (
    <Button
      variant={orRotation ? 'secondary' : 'primary'}
      prefixIcon="upload-bold"
      onClick={() => input.current?.click()}
    >
      {orRotation ? text.addPeople : text.chooseFile}
    </Button>
  )
  const rest = (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={text.chooseFile}
        accept=".csv,.tsv,.txt,text/csv"
        onChange={event => {
          setFile(event.target.files?.[0] ?? null)
          event.target.value = ''
        }}
      />
      <FileDrop hint={orRotation ? text.dropEither : text.dropHere} onFile={orRotation ? setAsked : setFile} />
      {asked && <WhichSheet file={asked} onAdd={() => setFile(asked)} onClose={() => setAsked(null)} />}
      {file && !asked && <ImportSheet file={file} onClose={() => setFile(null)} />}
    </>
  )
  return { button, rest }
}

function WhichSheet({ file, onAdd, onClose }: { file: File; onAdd(): void; onClose(): void }) {
  const text = useWords().people
  const [, navigate] = useLocation()
  const add = () => {
    onAdd()
    onClose()
  }
  const plan = async () => {
    await keepCsv(file)
    navigate('/rotations/new?who=csv')
  }
  return (
    <Sheet title={text.whichTitle(file.name)} onClose={onClose}>
      <p>{text.which}</p>
      <div className="actions">
        <Button variant="secondary" prefixIcon="people-bold" onClick={add}>
          {text.whichAdd}
        </Button>
        <Button variant="secondary" prefixIcon="refresh-bold" onClick={() => void plan()}>
          {text.whichPlan}
        </Button>
      </div>
    </Sheet>
  )
}
