const yes = new Set(['true', 'yes', 'y', '1', 'x', 'on', 'ja', 'j', 'wahr'])
const no = new Set(['false', 'no', 'n', '0', 'off', 'nein', 'falsch', 'none', 'never', 'nie'])

/** Undefined for an empty cell, null for another word. */
export function yesOrNo(cell: string): boolean | undefined | null {
  const word = cell.trim().toLowerCase()
  if (word === '') return undefined
  return yes.has(word) ? true : no.has(word) ? false : null
}

export function isYes(cell: string): boolean {
  return yesOrNo(cell) === true
}
