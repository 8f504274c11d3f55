import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const ROOT = new URL('../..', import.meta.url).pathname
const TOKENS = 'ui/src/styles/tokens.css'
const SIZES_PX = [11, 12, 13, 14, 16, 18]

const styled = globSync('ui/src/**/*.{vue,css}', { cwd: ROOT })
  .sort()
  .map((path) => ({ path, text: readFileSync(ROOT + path, 'utf8') }))

/** A size that does not come from the tokens, whether in a style sheet or bound by a component. */
const STRAY_SIZE =
  /font-size:(?!\s*(?:var\(--t\d\d\)|inherit)\s*[;}])|(?<!-)\bfont:(?!\s*(?:var\(--t\d\d\)|inherit\s*[;}]))|\bfontSize\b/
/** A hue as a number: colours take it from a token, a label or a person. */
const STRAY_HUE = /(?:oklch|hsla?|rgba?)\((?!var\(--(?:dot-l|face)\))|#[0-9a-f]{3,8}\s*[;,)}]/i

const strays = (pattern: RegExp, files: readonly { path: string; text: string }[]) =>
  files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [],
      ),
  )

test('text has one of the six sizes', () => {
  const tokens = readFileSync(ROOT + TOKENS, 'utf8')
  const sizes = [...tokens.matchAll(/--t(\d\d): (\d\d)px;/g)]
  expect(sizes.map(([, , px]) => Number(px))).toEqual(SIZES_PX)
  expect(sizes.every(([, name, px]) => name === px)).toBe(true)
  expect(strays(STRAY_SIZE, styled)).toEqual([])
})

test('colours come from the tokens', () => {
  const others = styled.filter(({ path }) => path !== TOKENS)
  expect(strays(STRAY_HUE, others)).toEqual([])
})

test.each([
  ['font-size: 10px;', true],
  ['font-size: v-bind(px);', true],
  ['font: 12px/1 serif;', true],
  [':style="{ fontSize: size }"', true],
  ['font-size: var(--t11);', false],
  ['font: inherit;', false],
  ['font: var(--t13) / 1.4 var(--font);', false],
])('the first test above sees %j', (line, isStray) => {
  expect(STRAY_SIZE.test(line)).toBe(isStray)
})

test.each([
  ['color: oklch(0.2 0.02 265);', true],
  ['color: #fff;', true],
  ['background: rgb(0 0 0);', true],
  ['background: oklch(var(--dot-l) var(--dot-c) var(--h));', false],
  ['<use href="#board-check" />', false],
])('the second test above sees %j', (line, isStray) => {
  expect(STRAY_HUE.test(line)).toBe(isStray)
})
