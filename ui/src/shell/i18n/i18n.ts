import { createI18n } from 'vue-i18n'
import { LANGUAGES, type Language } from '#core/kernel/choices.ts'
import { keep, kept } from '../kept.ts'
import { en, type Messages } from './en/messages.ts'

export const LOCALES = LANGUAGES
export type Locale = Language

export const LOCALE_KEY = 'locale'
const LOADERS: Record<Locale, () => Promise<Messages>> = {
  en: async () => await Promise.resolve(en),
  de: async () => (await import('./de/messages.ts')).de,
}

export const i18n = createI18n<[Messages], Locale, false>({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en } as Record<Locale, Messages>,
})

/** The page in the language the person chose, or else the browser's. */
export async function startI18n(): Promise<typeof i18n> {
  await setLocale(localeNamed(kept(LOCALE_KEY)) ?? browserLocale())
  return i18n
}

/** Shows every word as the browser prefers, and forgets what was chosen. */
export async function followBrowser(): Promise<void> {
  await setLocale(browserLocale())
  keep(LOCALE_KEY, null)
}

function browserLocale(): Locale {
  const wanted = navigator.languages.map((language) => localeNamed(language.slice(0, 2)))
  return wanted.find((name) => name !== undefined) ?? 'en'
}

/** Shows every word in this language from now on, and remembers it. */
export async function chooseLocale(locale: Locale): Promise<void> {
  await setLocale(locale)
  keep(LOCALE_KEY, locale)
}

/** For words said outside of components. */
export const { t, te } = i18n.global

async function setLocale(locale: Locale): Promise<void> {
  i18n.global.setLocaleMessage(locale, await LOADERS[locale]())
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}

function localeNamed(name: string | null): Locale | undefined {
  return LOCALES.find((locale) => locale === name)
}
