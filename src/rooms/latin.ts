/** Latin letters that Unicode does not decompose into a base letter and a mark. */
const undecomposed: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
  ŧ: 't',
  ə: 'e',
}

/**
 * A name as lower-case ASCII letters and digits: accents fall away, spaces and punctuation too ("O'Néill" is "oneill").
 * Undefined when a letter is not Latin ("Ольга", "田中"), or when nothing is left.
 */
export function asciiName(name: string): string | undefined {
  let plain = ''
  for (const character of name.toLowerCase().normalize('NFKD')) {
    if (/[a-z0-9]/.test(character)) plain += character
    else if (undecomposed[character] !== undefined) plain += undecomposed[character]
    else if (/[\p{L}\p{N}]/u.test(character)) return undefined
  }
  return plain === '' ? undefined : plain
}
