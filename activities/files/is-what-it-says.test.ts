import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { EXE, GIF, PDF, PNG } from '#tests/support/files/samples.ts'
import { ownFolder } from '#tests/support/own-folder.ts'
import { fileTypeOf } from './file-types.ts'
import { isWhatItSays } from './is-what-it-says.ts'

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const HTML = '<!doctype html><script>alert(1)</script>'
/** An archive without contents, and one whose first entry says that it is a document. */
const ZIP = Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1')
const ODT = Buffer.concat([
  Buffer.from('PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\x27\0\0\0\x27\0\0\0\x08\0\0\0', 'latin1'),
  Buffer.from('mimetypeapplication/vnd.oasis.opendocument.text'),
])

let folder: Awaited<ReturnType<typeof ownFolder>>

beforeAll(async () => {
  folder = await ownFolder()
  return folder.remove
})

async function isTaken(name: string, content: Buffer | string): Promise<boolean> {
  const path = join(folder.path, 'file')
  await writeFile(path, content)
  return await isWhatItSays(path, fileTypeOf(name)!)
}

test.each([
  ['a.png', PNG],
  ['A.GIF', GIF],
  ['a.pdf', PDF],
  ['a.zip', ZIP],
  ['a.odt', ODT],
  ['a.txt', 'plain words, and a < b'],
  ['a.md', '# Title\n\n<details>more</details>'],
  ['a.csv', '\ufeffName;Größe\n'],
])('ASVS line 41: %s with what belongs in it is taken', async (name, content) => {
  expect(await isTaken(name, content)).toBe(true)
})

test.each([
  ['a program called a picture', 'a.png', EXE],
  ['a program called a text', 'a.txt', EXE],
  ['a picture of another type', 'a.png', GIF],
  ['a picture called a document', 'a.docx', PNG],
  ['a document called an archive', 'a.zip', ODT],
  ['an archive called a document', 'a.docx', ZIP],
  ['an SVG called a picture', 'a.png', SVG],
  ['an SVG called a text', 'a.txt', SVG],
  ['a page called a text', 'a.txt', ` \n${HTML}`],
  ['XML called a text', 'a.txt', `<?xml version="1.0"?>${SVG}`],
  ['a picture that is a page too', 'a.gif', Buffer.concat([GIF, Buffer.from(HTML)])],
  ['a picture that is an SVG too', 'a.gif', `GIF89a/*${SVG}*/`],
  ['a document that is a page too', 'a.pdf', Buffer.concat([PDF, Buffer.from(HTML)])],
  ['nothing a picture begins with', 'a.png', 'plain words'],
  ['half of what a picture begins with', 'a.png', PNG.subarray(0, 6)],
])('ASVS line 41: %s is refused', async (_, name, content) => {
  expect(await isTaken(name, content)).toBe(false)
})

test.each(['a.svg', 'a.html', 'a.xhtml', 'a.xml', 'a.exe', 'a.js', 'a.png.exe', 'a'])(
  'ASVS line 41: %s is of no type that is taken',
  (name) => {
    expect(fileTypeOf(name)).toBeUndefined()
  },
)
