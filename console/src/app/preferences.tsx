/** Theme and language: what the administrator chose here, else what the system says. Kept in the browser. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { type Language, LanguageContext, languages, useLoadedWords } from '../language/use-words.ts'

export const themes = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]

interface Preferences {
  theme: Theme
  language: Language
  /** Momentum's name for the theme that is shown now. */
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

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [theme, setTheme] = useStored<Theme>('theme', 'system', themes)
  const [language, setLanguage] = useStored<Language>(
    'language',
    systemLanguage(),
    Object.keys(languages) as Language[],
  )
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

  const preferences = useMemo(
    () => ({ theme, language, themeClass, setTheme, setLanguage }),
    [theme, language, themeClass, setTheme, setLanguage],
  )
  const chosen = useMemo(() => words && { language, words }, [language, words])
  return (
    chosen && (
      <Context value={preferences}>
        <LanguageContext value={chosen}>{children}</LanguageContext>
      </Context>
    )
  )
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

function useStored<Value extends string>(name: string, otherwise: Value, allowed: readonly Value[]) {
  const [value, setValue] = useState<Value>(() => {
    const stored = localStorage.getItem(`roomkey.${name}`) as Value | null
    return stored !== null && allowed.includes(stored) ? stored : otherwise
  })
  const store = useMemo(
    () => (next: Value) => {
      localStorage.setItem(`roomkey.${name}`, next)
      setValue(next)
    },
    [name],
  )
  return [value, store] as const
}

function useMedia(media: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(media).matches)
  useEffect(() => {
    const list = matchMedia(media)
    const look = () => setMatches(list.matches)
    list.addEventListener('change', look)
    return () => list.removeEventListener('change', look)
  }, [media])
  return matches
}
