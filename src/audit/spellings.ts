/**
 * How a name may be spelt in an ID. Accents fall away ("muller") or are written out ("mueller"); a name in another
 * script is known by its spelling in the e-mail address; of several words, one may stand for all.
 */
import { asciiName } from '../rooms/latin.ts'

const writtenOut: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }
const shortestWord = 3
/** Names repeat in a directory, so that most need no work: the spellings by name and spelling in the address. */
const spelt = new Map<string, Spellings>()
const mostSpelt = 50_000

/** Spellings in lower-case letters and digits, likeliest first, each once; empty when none is known. */
export type Spellings = readonly string[]

/** `inEmail` is the part of the address that stands for this name. The first word may stand for the name. */
export function spellFirstName(name: string, inEmail: string | undefined): Spellings {
  return remember(`1/${name}/${inEmail ?? ''}`, () => spell(name, inEmail, words => [words[0]!]))
}

/** The last word may stand for the name ("van der Berg"), or else the first ("García López"). */
export function spellLastName(name: string, inEmail: string | undefined): Spellings {
  return remember(`2/${name}/${inEmail ?? ''}`, () => spell(name, inEmail, words => [words.at(-1)!, words[0]!]))
}

/** `juergen.mueller2` names juergen and mueller; a prefix of one part names nobody. */
export function namesInEmail(emailPrefix: string): { first?: string; last?: string } {
  const parts = emailPrefix.split(/[._-]/).flatMap(part => part.replace(/[^a-z]/g, '') || [])
  return parts.length < 2 ? {} : { first: parts[0]!, last: parts.at(-1)! }
}

function remember(key: string, spellNow: () => Spellings): Spellings {
  let spellings = spelt.get(key)
  if (spellings === undefined) {
    spellings = spellNow()
    if (spelt.size >= mostSpelt) spelt.clear()
    spelt.set(key, spellings)
  }
  return spellings
}

function spell(name: string, inEmail: string | undefined, mainWords: (words: string[]) => string[]): Spellings {
  if (/^[A-Za-z]+$/.test(name))
    return inEmail === undefined ? [name.toLowerCase()] : distinct([name.toLowerCase(), inEmail])
  const words = name.split(/[\s-]+/).filter(word => word !== '')
  const single = words.length < 2 ? [] : mainWords(words).map(word => asciiName(word) ?? '')
  return distinct([
    asciiName(name) ?? '',
    asciiName(writeOut(name)) ?? '',
    inEmail ?? '',
    ...single.filter(word => word.length >= shortestWord),
  ])
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
