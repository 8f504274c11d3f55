import { expect, test } from 'vitest'
import { extensionOf, shownFileName } from './file-name.ts'

test.each([
  ['report.pdf', 'report.pdf'],
  ['Größe – Übersicht (2).PNG', 'Größe – Übersicht (2).PNG'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\windows\\system32\\a.txt', 'a.txt'],
  ['/etc/', ''],
  ['..', ''],
  ['.htaccess', 'htaccess'],
  ['a\0.png\n.txt', 'a.png.txt'],
  ['invoice\u202Egnp.exe', 'invoicegnp.exe'],
  ['\u2066a\u2069\u200b.txt', 'a.txt'],
  ['con<script>:|.txt', 'con_script___.txt'],
  ['half \ud800.txt', 'half \ufffd.txt'],
  ['a  \t b.txt', 'a b.txt'],
  ['trailing.txt. . ', 'trailing.txt'],
])('ASVS line 41: a file sent as %j is called %j', (sent, shown) => {
  expect(shownFileName(sent)).toBe(shown)
})

test('ASVS line 41: a long name keeps its beginning and its extension', () => {
  const name = shownFileName(`${'🙂'.repeat(300)}.docx`)
  expect([...name]).toHaveLength(120)
  expect(name).toMatch(/^🙂+….docx$/u)
})

test('an extension is what stands behind the last dot', () => {
  expect(['a.tar.GZ', 'a', 'a.', 'a.b c'].map(extensionOf)).toEqual(['gz', '', '', ''])
})
