import {
  FolderKanban,
  House,
  Inbox,
  Languages,
  Play,
  Plug,
  Rows3,
  SquareKanban,
  SunMoon,
  Workflow,
} from '@lucide/vue'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { type RouteLocationRaw, useRouter } from 'vue-router'
import type { ProjectView } from '#core/contracts/views.ts'
import { useProjects } from '../projects/store.ts'
import { density } from '../shell/density.ts'
import { chooseLocale, LOCALES } from '../shell/i18n/i18n.ts'
import { useSession } from '../shell/session.ts'
import { DENSITIES } from '../shell/shown-density.ts'
import { THEMES } from '../shell/shown-theme.ts'
import { theme } from '../shell/theme.ts'
import type { Entry } from './entry.ts'

/** Every page one can go to, and how the pages look and speak. */
export function usePlaceEntries() {
  const { t, locale } = useI18n()
  const router = useRouter()
  const [projects, session] = [useProjects(), useSession()]

  function place(text: string, icon: Entry['icon'], to: RouteLocationRaw): Entry {
    const id = `place-${router.resolve(to).fullPath}`
    return { id, group: 'places', text, icon, run: () => void router.push(to) }
  }

  const of = (project: ProjectView, text: string, icon: Entry['icon'], name: string): Entry => ({
    ...place(text, icon, { name, params: { projectId: project.id } }),
    hint: project.name,
  })

  const boards = computed(() =>
    projects.sorted.flatMap((project) => [
      place(project.name, FolderKanban, { name: 'project', params: { projectId: project.id } }),
      of(project, t('flows.title'), Workflow, 'flows'),
      of(project, t('flows.runs'), Play, 'runs'),
      ...(session.can('board.configure', project.id)
        ? [of(project, t('connections.title'), Plug, 'connections')]
        : []),
      ...projects.boardsOf(project.id).map(({ id, name }) => ({
        ...place(name, SquareKanban, { name: 'board', params: { boardId: id } }),
        hint: project.name,
      })),
    ]),
  )

  return computed<Entry[]>(() => [
    ...boards.value,
    { ...place(t('shell.inbox'), Inbox, { name: 'inbox' }), keys: 'G I' },
    { ...place(t('shell.projects'), House, { name: 'home' }), keys: 'G H' },
    ...THEMES.filter((name) => name !== theme.value).map((name) => ({
      id: `theme-${name}`,
      group: 'actions' as const,
      text: t('search.theme', { name: t(`shell.themes.${name}`) }),
      icon: SunMoon,
      run: () => {
        theme.value = name
      },
    })),
    ...DENSITIES.filter((name) => name !== density.value).map((name) => ({
      id: `density-${name}`,
      group: 'actions' as const,
      text: t('search.density', { name: t(`shell.densities.${name}`) }),
      icon: Rows3,
      run: () => {
        density.value = name
      },
    })),
    ...LOCALES.filter((name) => name !== locale.value).map((name) => ({
      id: `language-${name}`,
      group: 'actions' as const,
      text: t('search.language', { name: t(`shell.languages.${name}`) }),
      icon: Languages,
      run: () => void chooseLocale(name),
    })),
  ])
}
