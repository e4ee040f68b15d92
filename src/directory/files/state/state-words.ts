/** The words of directories for the state of an account. docs/people-files.md shows this table. */
import { plainName } from '../column-names.ts'

/**
 * `disabled` to `pending` cannot sign in; `guest` to `attendee` have no room on this site; `resource` is a room, a shared
 * mailbox, a group, and `elsewhere` a row about another site.
 */
export type State =
  | 'resource'
  | 'elsewhere'
  | 'guest'
  | 'unlicensed'
  | 'attendee'
  | 'deleted'
  | 'archived'
  | 'suspended'
  | 'disabled'
  | 'pending'

/** Compared by letters and digits alone. */
export const stateWords: Record<
  'active' | 'deleted' | 'archived' | 'suspended' | 'disabled' | 'pending' | 'attendee',
  string[]
> = {
  active: [
    'active',
    'verified',
    'enabled',
    'activated',
    'ok',
    'allowed',
    'signinallowed',
    'unblocked',
    'licensed',
    'confirmed',
    'registered',
    'accepted',
    // Okta: the account is in use, its password is not.
    'passwordexpired',
    'recovery',
    'passwordreset',
    'lockedout',
    // Unified CM.
    'enabledlocaluser',
    'activeldapsynchronizeduser',
    'activeenabledlocaluser',
    'aktiv',
    'aktiviert',
    'bestatigt',
    'verifiziert',
    'erlaubt',
    'zugelassen',
    'anmeldungzugelassen',
    'akzeptiert',
  ],
  deleted: [
    'deleted',
    'deprovisioned',
    'removed',
    'purged',
    'terminated',
    'softdeleted',
    'geloscht',
    'entfernt',
    'ausgeschieden',
  ],
  archived: ['archived', 'archiviert'],
  suspended: ['suspended', 'gesperrt', 'angehalten'],
  disabled: [
    'disabled',
    'inactive',
    'deactivated',
    'blocked',
    'signinblocked',
    'locked',
    'expired',
    'denied',
    'inactiveldapsynchronizeduser',
    'inaktiv',
    'deaktiviert',
    'blockiert',
    'anmeldungblockiert',
    'abgelaufen',
  ],
  pending: [
    'pending',
    'invited',
    'invitepending',
    'invitesent',
    'invitationpending',
    'invitationsent',
    'inviteexpired',
    'pendinginvite',
    'pendinginvitation',
    'pendinguseraction',
    'pendingacceptance',
    'pendingactivation',
    'pendingverification',
    'awaitingactivation',
    'notverified',
    'unverified',
    'notactivated',
    'notinvited',
    'staged',
    'provisioned',
    'ausstehend',
    'einladungausstehend',
    'eingeladen',
    'nichtverifiziert',
    'nichtbestatigt',
  ],
  attendee: ['attendee', 'teilnehmer'],
}

const byWord = new Map(
  Object.entries(stateWords).flatMap(([state, words]) =>
    words.map(word => [word, state as keyof typeof stateWords] as const),
  ),
)

/** Undefined for a word that is not known. */
export function stateOfWord(word: string): keyof typeof stateWords | undefined {
  return byWord.get(plainName(word))
}
