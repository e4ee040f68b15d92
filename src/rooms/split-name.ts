export interface GivenNames {
  firstName?: string | undefined
  lastName?: string | undefined
  displayName?: string | undefined
}

export interface Names {
  firstName: string
  lastName: string
  displayName: string
}

/**
 * First, last and display name from whichever of them are given: the first word of a display name is taken for the
 * first name, as in most directories. Undefined where none is given.
 */
export function completeNames({ firstName, lastName, displayName }: GivenNames): Names | undefined {
  const shown = displayName?.trim() || [firstName, lastName].filter(Boolean).join(' ').trim()
  if (shown === '') return undefined
  const [first = '', ...rest] = shown.split(/\s+/)
  const hasNames = Boolean(firstName?.trim() || lastName?.trim())
  return {
    firstName: hasNames ? (firstName?.trim() ?? '') : first,
    lastName: hasNames ? (lastName?.trim() ?? '') : rest.join(' '),
    displayName: shown,
  }
}
