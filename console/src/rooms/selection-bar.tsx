import Button from '@momentum-design/components/react/button/index.js'
import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { clearSelection, type Selection, selectPasted } from './selection.ts'

/** Actions for the selected people, and a button to select a pasted list. */
export function SelectionBar({
  selection,
  gathering,
  children,
}: {
  selection: Selection
  gathering: number | null
  children: ReactNode
}) {
  const words = useWords()
  const text = words.rooms
  const format = useFormat()
  const [, navigate] = useLocation()
  const [pasting, setPasting] = useState(false)
  const { size } = selection.people
  const links = [...selection.people.values()].flatMap(({ link }) => (link === null ? [] : [link]))
  return (
    <div className="selection">
      {children}
      <span role="status" className="selected">
        {gathering !== null
          ? text.gathering(format.integer(gathering))
          : size > 0
            ? text.selected(size, format.integer)
            : ''}
      </span>
      {size > 0 && (
        <>
          <Button size={28} prefixIcon="refresh-bold" onClick={() => navigate('/rotations/new?who=selected')}>
            {text.rotate}
          </Button>
          {links.length > 0 && <CopyButton compact text={links.join('\n')} label={text.copyLinks} />}
          <Button variant="tertiary" size={28} onClick={clearSelection}>
            {text.clearSelection}
          </Button>
        </>
      )}
      <Button variant="secondary" size={28} prefixIcon="plus-bold" onClick={() => setPasting(true)}>
        {text.paste}
      </Button>
      {pasting && <PasteSheet onClose={() => setPasting(false)} />}
    </div>
  )
}

function PasteSheet({ onClose }: { onClose(): void }) {
  const words = useWords()
  const text = words.rooms
  const [pasted, setPasted] = useState('')
  const [fault, setFault] = useState('')
  return (
    <Sheet
      title={text.paste}
      onClose={onClose}
      actions={
        <Button onClick={() => (selectPasted(pasted) > 0 ? onClose() : setFault(text.pasteNobody))}>
          {text.pasteAction}
        </Button>
      }
    >
      <label className="field">
        {text.pasteLabel}
        <textarea data-first rows={8} value={pasted} onChange={event => setPasted(event.target.value)} />
      </label>
      <p role="alert" className="bad-text">
        {fault}
      </p>
    </Sheet>
  )
}
