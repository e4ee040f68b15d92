/** The words of the chosen language. `app/preferences.tsx` chooses it and puts it around the pages. */
import { createContext, useContext, useEffect, useState } from 'react'
import { en, type Words } from './en.ts'

export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

interface ChosenLanguage {
  language: Language
  words: Words
}

export const LanguageContext = createContext<ChosenLanguage>({ language: 'en', words: en })

export function useWords(): Words {
  return useContext(LanguageContext).words
}

export function useLanguage(): Language {
  return useContext(LanguageContext).language
}

/** English is always there; another language is fetched when it is chosen, and null until then. */
export function useLoadedWords(language: Language): Words | null {
  const [german, setGerman] = useState<Words | null>(null)
  useEffect(() => {
    if (language === 'de' && german === null) void import('./de.ts').then(({ de }) => setGerman(de))
  }, [language, german])
  return language === 'en' ? en : german
}
