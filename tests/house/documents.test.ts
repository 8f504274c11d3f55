import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const PAGES = globSync(['*.md', 'docs/**/*.md'])
/** A link's target without its anchor; addresses with a scheme are not ours. */
const LINK = /\]\((?!\w+:)([^)#]+)/g

function linksOf(page: string): string[] {
  const found = readFileSync(page, 'utf8').matchAll(LINK)
  return Array.from(found, ([, target]) => join(dirname(page), target!))
}

test.each(PAGES)('every link of %s leads to a file', (page) => {
  expect(linksOf(page).filter((target) => !existsSync(target))).toEqual([])
})

test('the index names every page', () => {
  const named = new Set(linksOf('docs/README.md'))
  const pages = globSync('docs/**/*.md').filter((page) => page !== 'docs/README.md')
  expect(pages.filter((page) => !named.has(page))).toEqual([])
})
