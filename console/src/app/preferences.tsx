/** How the console looks and speaks: chosen here, else as the system says. Kept in the browser. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { en, type Words } from '../language/en.ts'

export const themes = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]
export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

interface Preferences {
  theme: Theme
  language: Language
  words: Words
  /** Momentum's name of what is shown now. */
  themeClass: string
  setTheme(theme: Theme): void
  setLanguage(language: Language): void
}

const Context = createContext<Preferences | null>(null)

export function usePreferences(): Preferences {
  const preferences = useContext(Context)
  if (preferences === null) throw new Error('There are no preferences here.')
  return preferences
}

export function useWords(): Words {
  return usePreferences().words
}

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [theme, setTheme] = useKept<Theme>('theme', 'system', themes)
  const [language, setLanguage] = useKept<Language>('language', systemLanguage(), Object.keys(languages) as Language[])
  const words = useLoadedWords(language)
  const dark = useMedia('(prefers-color-scheme: dark)')
  const contrast = useMedia('(prefers-contrast: more)')
  const themeClass = classOf(theme, dark, contrast)

  useEffect(() => {
    const root = document.documentElement
    root.classList.add(themeClass)
    root.style.colorScheme = themeClass.includes('ark') ? 'dark' : 'light'
    return () => root.classList.remove(themeClass)
  }, [themeClass])
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])

  const value = useMemo(
    () => words && { theme, language, words, themeClass, setTheme, setLanguage },
    [theme, language, words, themeClass, setTheme, setLanguage],
  )
  return value && <Context value={value}>{children}</Context>
}

function classOf(theme: Theme, systemDark: boolean, systemContrast: boolean): string {
  const dark = theme === 'dark' || ((theme === 'system' || theme === 'contrast') && systemDark)
  if (theme === 'contrast' || systemContrast)
    return dark ? 'mds-theme-stable-hcDarkWebex' : 'mds-theme-stable-hcLightWebex'
  return dark ? 'mds-theme-stable-darkWebex' : 'mds-theme-stable-lightWebex'
}

function systemLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en'
}

/** English is always there; another language is fetched when it is chosen. */
function useLoadedWords(language: Language): Words | null {
  const [german, setGerman] = useState<Words | null>(null)
  useEffect(() => {
    if (language === 'de' && german === null) void import('../language/de.ts').then(({ de }) => setGerman(de))
  }, [language, german])
  return language === 'en' ? en : german
}

function useKept<Value extends string>(name: string, otherwise: Value, allowed: readonly Value[]) {
  const [value, setValue] = useState<Value>(() => {
    const kept = localStorage.getItem(`roomkey.${name}`) as Value | null
    return kept !== null && allowed.includes(kept) ? kept : otherwise
  })
  const keep = useMemo(
    () => (next: Value) => {
      localStorage.setItem(`roomkey.${name}`, next)
      setValue(next)
    },
    [name],
  )
  return [value, keep] as const
}

export function useMedia(media: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(media).matches)
  useEffect(() => {
    const list = matchMedia(media)
    const look = () => setMatches(list.matches)
    list.addEventListener('change', look)
    return () => list.removeEventListener('change', look)
  }, [media])
  return matches
}
