import { client } from '../../data/client.ts'
import { keys } from '../../data/keys.ts'
import { discard } from '../../data/rotations.ts'
import { useWords } from '../../language/use-words.ts'
import { ConfirmSheet } from '../../ui/confirm-sheet.tsx'
import type { RotationSheetProps } from './sheet-props.ts'

/** Discards a plan that was never started. */
export function DiscardSheet({ rotation, onClose, onLeave }: RotationSheetProps) {
  const text = useWords().rotations
  return (
    <ConfirmSheet
      title={text.discardTitle}
      about={text.discardAbout}
      action={text.discard}
      onClose={onClose}
      onYes={async () => {
        await discard(rotation)
        await client.invalidateQueries({ queryKey: keys.rotations })
        onLeave('/rotations')
      }}
    />
  )
}
