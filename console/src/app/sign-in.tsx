import Button from '@momentum-design/components/react/button/index.js'
import Password from '@momentum-design/components/react/password/index.js'
import { useRef, useState } from 'react'
import { signIn } from '../data/session.ts'
import { useWords } from '../language/use-words.ts'
import { wordsForError } from '../ui/states.tsx'
import { Appearance } from './appearance.tsx'

export function SignIn() {
  const words = useWords()
  const token = useRef('')
  const [fault, setFault] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit() {
    if (token.current.trim() === '') return setFault(words.signIn.empty)
    setBusy(true)
    try {
      await signIn(token.current.trim())
    } catch (error) {
      setFault(wordsForError(error, words))
      setBusy(false)
    }
  }

  return (
    <main className="alone">
      <title>{`${words.signIn.title} · Roomkey`}</title>
      <div className="card sign-in">
        <img src="/console/mark.svg" alt="" width="48" height="48" />
        <h1>{words.signIn.title}</h1>
        <p className="quiet">{words.signIn.about}</p>
        <Password
          label={words.signIn.token}
          name="token"
          className={fault === null ? undefined : 'faulty'}
          autoFocusOnMount
          required
          showButtonAriaLabel={words.signIn.show}
          hideButtonAriaLabel={words.signIn.hide}
          helpText={fault ?? words.signIn.where}
          helpTextType={fault === null ? 'default' : 'error'}
          onInput={event => {
            token.current = (event.target as { value: string }).value
          }}
          onKeyDown={event => {
            if (event.key === 'Enter') void submit()
          }}
        />
        <span role="alert" className="unseen">
          {fault}
        </span>
        <Button size={40} disabled={busy} onClick={() => void submit()}>
          {words.signIn.action}
        </Button>
      </div>
      <Appearance />
    </main>
  )
}
