import Button from '@momentum-design/components/react/button/index.js'
import { useState } from 'react'
import { useWords } from '../../language/use-words.ts'

/** Asks the browser for notifications; nothing once the person has decided. */
export function TellMe() {
  const text = useWords().attention
  const [permission, setPermission] = useState(() => ('Notification' in window ? Notification.permission : 'denied'))
  if (permission !== 'default') return null
  return (
    <Button
      variant="tertiary"
      prefixIcon="info-circle-bold"
      onClick={() => void Notification.requestPermission().then(setPermission)}
    >
      {text.tellMe}
    </Button>
  )
}
