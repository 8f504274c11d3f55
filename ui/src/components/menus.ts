import { type FunctionalComponent, h } from 'vue'
import { menuParts } from '../shell/parts.ts'
import { waitFor } from '../shell/wait-for.ts'
import type * as everyPart from './floating/menu-parts.ts'

type Parts = typeof everyPart

/** Settles when there is what menus are made of. */
export async function loadMenus(): Promise<void> {
  await waitFor(menuParts.load)
}

/** Stands for a part of a menu, which is drawn only in an open one: by then the parts are here. */
function part<Name extends keyof Parts>(name: Name): Parts[Name] {
  const stand: FunctionalComponent = (_, { attrs, slots }) =>
    menuParts.code && h(menuParts.code[name] as FunctionalComponent, attrs, slots)
  stand.inheritAttrs = false
  return stand as unknown as Parts[Name]
}

export const MenuCheck = part('MenuCheck')
export const MenuChoice = part('MenuChoice')
export const MenuItem = part('MenuItem')
export const MenuLine = part('MenuLine')
export const OpenMenu = part('OpenMenu')
