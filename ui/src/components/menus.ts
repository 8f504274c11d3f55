import { type FunctionalComponent, h, shallowRef } from 'vue'
import type * as everyPart from './floating/menu-parts.ts'

type Parts = typeof everyPart

const parts = shallowRef<Parts>()

/** What menus are made of is read when the first one opens, or ahead of that. */
export async function loadMenus(): Promise<void> {
  parts.value ??= await import('./floating/menu-parts.ts')
}

/** Stands for a part of a menu, which is drawn only in an open one: by then the parts are here. */
function part<Name extends keyof Parts>(name: Name): Parts[Name] {
  const stand: FunctionalComponent = (_, { attrs, slots }) =>
    parts.value && h(parts.value[name] as FunctionalComponent, attrs, slots)
  stand.inheritAttrs = false
  return stand as unknown as Parts[Name]
}

export const MenuCheck = part('MenuCheck')
export const MenuChoice = part('MenuChoice')
export const MenuItem = part('MenuItem')
export const MenuLine = part('MenuLine')
export const OpenMenu = part('OpenMenu')
