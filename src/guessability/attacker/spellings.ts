/**
 * How a name may be spelt in an ID. Accents are dropped ("muller") or written out ("mueller"); a name in another script
 * is known by its spelling in the e-mail address; of several words, one may stand for all.
 */
import { asciiName } from '../../rooms/latin.ts'

const writtenOut: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }
const minWordLength = 3
/** Names repeat in a directory, so most need no work: a cache by name and spelling in the address. */
const spelt = new Map<string, Spellings>()
const maxSpelt = 50_000

/** Spellings in lower-case letters and digits, likeliest first, each once; empty when none is known. */
export type Spellings = readonly string[]

/** `inEmail` are the parts of the address that may stand for this name. The first word may stand for the name. */
export function spellFirstName(name: string, inEmail: readonly string[]): Spellings {
  return remember(`1/${name}/${inEmail[0]}/${inEmail[1]}`, () => spell(name, inEmail, words => [words[0]!]))
}

/** The last word may stand for the name ("van der Berg"), or else the first ("García López"). */
export function spellLastName(name: string, inEmail: readonly string[]): Spellings {
  return remember(`2/${name}/${inEmail[0]}/${inEmail[1]}`, () =>
    spell(name, inEmail, words => [words.at(-1)!, words[0]!]),
  )
}

/** The names in `juergen.mueller2` are juergen and mueller; a prefix of one part names nobody. */
export function namesInEmail(emailPrefix: string): readonly string[] {
  const parts = emailPrefix
    .replace(/[^a-z._-]/g, '')
    .split(/[._-]+/)
    .filter(part => part !== '')
  return parts.length < 2 ? [] : [parts[0]!, parts.at(-1)!]
}

function remember(key: string, spellNow: () => Spellings): Spellings {
  let spellings = spelt.get(key)
  if (spellings === undefined) {
    spellings = spellNow()
    if (spelt.size >= maxSpelt) spelt.clear()
    spelt.set(key, spellings)
  }
  return spellings
}

function spell(name: string, inEmail: readonly string[], mainWords: (words: string[]) => string[]): Spellings {
  const plain = asciiName(name)
  // Where the letters do not show which part of the address is this name, it may be either.
  if (plain === undefined) return distinct([...inEmail])
  const words = name.split(/[\s-]+/).filter(word => word !== '')
  const single = words.length < 2 ? [] : mainWords(words).map(word => asciiName(word) ?? '')
  const longWords = single.filter(word => word.length >= minWordLength)
  return distinct([plain, asciiName(writeOut(name)) ?? '', inEmail[0] ?? '', ...longWords])
}

function distinct(spellings: string[]): Spellings {
  return [...new Set(spellings)].filter(spelling => spelling !== '')
}

function writeOut(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüåø]/g, letter => writtenOut[letter]!)
}
