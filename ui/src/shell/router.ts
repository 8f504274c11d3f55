import { createRouter, createWebHistory } from 'vue-router'
import BoardView from '../kanban/board-view.vue'
import { useOutbox } from '../kanban/outbox.ts'
import { forgetReads } from '../offline/kept-reads.ts'
import AppFrame from './app-frame.vue'
import { useSession } from './session.ts'
import { onSessionOver, owner } from './access.ts'
import { later } from './later.ts'
import { onSignedOut } from './signed-out.ts'
import { waitFor } from './wait-for.ts'

/** A page whose code comes when it is visited, or ahead of that. */
function page<Page>(read: () => Promise<Page>): () => Promise<Page> {
  const part = later(read)
  return async () => (await waitFor(part.load))!
}

/** The board comes with the app, for most visits are to one; what else there is comes when visited. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    {
      path: '/login',
      name: 'login',
      meta: { open: true },
      component: page(async () => await import('../auth/login-view.vue')),
    },
    {
      path: '/oidc',
      name: 'elsewhere',
      meta: { open: true },
      component: page(async () => await import('../auth/elsewhere-view.vue')),
    },
    {
      path: '/sign-up',
      name: 'sign-up',
      meta: { open: true },
      component: page(async () => await import('../auth/sign-up-view.vue')),
    },
    {
      path: '/welcome',
      name: 'welcome',
      meta: { open: true },
      component: page(async () => await import('../auth/welcome-view.vue')),
    },
    {
      path: '/invitation',
      name: 'invitation',
      meta: { open: true },
      component: page(async () => await import('../auth/invitation-view.vue')),
    },
    {
      path: '/confirm-address',
      name: 'confirm-address',
      meta: { open: true },
      component: page(async () => await import('../auth/confirm-address-view.vue')),
    },
    {
      path: '/unsubscribe',
      name: 'unsubscribe',
      meta: { open: true },
      component: page(async () => await import('../auth/unsubscribe-view.vue')),
    },
    {
      path: '/forgot-password',
      name: 'forgot-password',
      meta: { open: true },
      component: page(async () => await import('../auth/forgot-view.vue')),
    },
    {
      path: '/reset-password',
      name: 'reset-password',
      meta: { open: true },
      component: page(async () => await import('../auth/reset-view.vue')),
    },
    {
      path: '/',
      component: AppFrame,
      children: [
        {
          path: '',
          name: 'home',
          component: page(async () => await import('../projects/home-view.vue')),
        },
        {
          path: 'projects/:projectId',
          name: 'project',
          props: true,
          component: page(async () => await import('../projects/project-view.vue')),
        },
        {
          path: 'projects/:projectId/people',
          name: 'project-people',
          props: true,
          component: page(async () => await import('../members/project-people-view.vue')),
        },
        {
          path: 'projects/:projectId/automations',
          name: 'flows',
          props: true,
          component: page(async () => await import('../automation/flows-view.vue')),
        },
        {
          path: 'projects/:projectId/runs',
          name: 'runs',
          props: true,
          component: page(async () => await import('../automation/runs-view.vue')),
        },
        {
          path: 'projects/:projectId/connections',
          name: 'connections',
          props: true,
          component: page(
            async () => await import('../automation/connections/connections-view.vue'),
          ),
        },
        {
          path: 'flows/:flowId',
          name: 'flow',
          props: true,
          component: page(async () => {
            await import('../automation/no-eval.ts')
            return await import('../automation/designer-view.vue')
          }),
        },
        {
          path: 'runs/:runId',
          name: 'run',
          props: true,
          component: page(async () => await import('../automation/run-view.vue')),
        },
        {
          path: 'boards/:boardId',
          name: 'board',
          props: true,
          component: BoardView,
        },
        {
          path: 'inbox',
          name: 'inbox',
          component: page(async () => await import('../notifications/inbox-view.vue')),
        },
        {
          path: 'account',
          name: 'account',
          component: page(async () => await import('../account/account-view.vue')),
        },
        {
          path: 'profile',
          name: 'profile',
          component: page(async () => await import('../account/profile-view.vue')),
        },
        {
          path: 'members',
          name: 'members',
          meta: { ofWorkspace: true },
          component: page(async () => await import('../members/members-view.vue')),
        },
        {
          path: 'roles',
          name: 'roles',
          meta: { ofWorkspace: true },
          component: page(async () => await import('../members/roles-view.vue')),
        },
        {
          path: 'workspaces',
          name: 'workspaces',
          component: page(async () => await import('../workspaces/workspaces-view.vue')),
        },
        {
          path: 'audit',
          name: 'audit',
          meta: { ofWorkspace: true },
          component: page(async () => await import('../audit/audit-view.vue')),
        },
        {
          path: 'admin/temporal/:path(.*)*',
          name: 'workflows',
          props: { pass: '/admin/histories-pass' },
          component: page(async () => await import('./operators-view.vue')),
        },
        {
          path: 'admin/queues/:path(.*)*',
          name: 'queues',
          props: { pass: '/admin/queues-pass' },
          component: page(async () => await import('./operators-view.vue')),
        },
        {
          path: 'admin/log',
          name: 'installation-log',
          component: page(async () => await import('../audit/installation-log-view.vue')),
        },
        {
          path: ':path(.*)*',
          name: 'not-found',
          component: page(async () => await import('./not-found-view.vue')),
        },
      ],
    },
  ],
})

// A page is shown at once to whoever was signed in: its first request finds out if they still are.
router.beforeEach((to) => {
  if (to.meta['open'] || useSession().signedIn) return true
  return { name: 'login', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
})

onSessionOver(() => {
  useSession().end()
  const here = router.currentRoute.value
  if (!here.meta['open']) void router.replace(loginAfter(here.fullPath))
})

// A new page forgets everything this person saw; one that holds what is not saved waits for them.
onSignedOut(async () => {
  const [session, outbox] = [useSession(), useOutbox()]
  if (!session.signedIn) return
  const userId = owner()
  session.forget()
  await outbox.clear().catch(() => {})
  if (userId !== undefined) await forgetReads(userId).catch(() => {})
  if (outbox.unsaved === 0) location.replace('/login')
  else await router.replace({ name: 'login' })
})

function loginAfter(next: string) {
  return { name: 'login', query: { next, over: '1' } }
}
