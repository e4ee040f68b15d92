import { type Language, languages, useWords } from '../language/use-words.ts'
import { Choice } from '../ui/choice.tsx'
import { type Theme, themes, usePreferences } from './preferences.tsx'

/** Selects for theme and language. */
export function Appearance() {
  const words = useWords()
  const { theme, setTheme, language, setLanguage } = usePreferences()
  return (
    <div className="appearance">
      <Choice
        label={words.app.theme}
        value={theme}
        options={themes.map(value => ({ value, label: words.app.themes[value] }))}
        onChange={value => setTheme(value as Theme)}
      />
      <Choice
        label={words.app.language}
        value={language}
        options={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        onChange={value => setLanguage(value as Language)}
      />
    </div>
  )
}
