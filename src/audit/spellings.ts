/**
 * How a name may be spelt in an ID. Accents fall away ("muller") or are written out ("mueller"); a name in another
 * script is known by its spelling in the e-mail address; of several words, one may stand for all.
 */
import { asciiName } from '../rooms/latin.ts'

export interface Spellings {
  /** Likeliest first, each once; empty when nothing is known in Latin letters. */
  first: readonly string[]
  last: readonly string[]
}

const writtenOut: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }
const shortestWord = 3

/** The spellings of a person's names. `emailPrefix` is the address up to the `@`. */
export function spellNames(firstName: string, lastName: string, emailPrefix: string): Spellings {
  const [emailFirst, emailLast] = namesInEmail(emailPrefix)
  const firstWords = wordsOf(firstName)
  const lastWords = wordsOf(lastName)
  return {
    first: spell(firstName, emailFirst, firstWords.length > 1 ? [firstWords[0]!] : []),
    last: spell(lastName, emailLast, lastWords.length > 1 ? [lastWords.at(-1)!, lastWords[0]!] : []),
  }
}

function spell(name: string, inEmail: string | undefined, words: string[]): string[] {
  const spellings: string[] = []
  const add = (spelling: string | undefined) => {
    if (spelling !== undefined && spelling !== '' && !spellings.includes(spelling)) spellings.push(spelling)
  }
  add(asciiName(name))
  if (!isPlain(name)) add(asciiName(writeOut(name)))
  add(inEmail)
  for (const word of words) {
    const plain = asciiName(word)
    if (plain !== undefined && plain.length >= shortestWord) add(plain)
  }
  return spellings
}

/** `juergen.mueller2` names juergen and mueller; a prefix of one part names nobody. */
function namesInEmail(emailPrefix: string): [string?, string?] {
  const parts = emailPrefix
    .toLowerCase()
    .replace(/[^a-z._-]/g, '')
    .split(/[._-]/)
    .filter(part => part !== '')
  return parts.length < 2 ? [] : [parts[0]!, parts.at(-1)!]
}

function wordsOf(name: string): string[] {
  return name.split(/[\s-]+/).filter(word => word !== '')
}

function writeOut(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüåø]/g, letter => writtenOut[letter]!)
}

function isPlain(name: string): boolean {
  return /^[A-Za-z]*$/.test(name)
}
