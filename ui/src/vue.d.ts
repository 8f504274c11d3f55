/** What type checks that cannot read components take them for; vue-tsc reads them. */
declare module '*.vue' {
  import type { Component } from 'vue'
  const component: Component
  export default component
}
