/** All that an open menu is made of, in one piece of code. */
export { default as MenuCheck } from './menu-check.vue'
export { default as MenuChoice } from './menu-choice.vue'
export { default as MenuItem } from './menu-item.vue'
export { default as MenuLine } from './menu-line.vue'
export { default as OpenMenu } from './open-menu.vue'
