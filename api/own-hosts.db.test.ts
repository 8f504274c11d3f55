import { request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { anApi } from '#tests/support/api.ts'

const PUBLIC_URL = 'https://flow.example.com'

/** What is answered to whoever asks for a host, by a name of this machine or one made to lead here. */
async function statusFor(url: string, host: string): Promise<number | undefined> {
  return await new Promise((resolve, reject) => {
    const asked = request(`${url}/health`, { headers: { host } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asked.on('error', reject).end()
  })
}

test('ASVS line 20: the demo, whose passwords are public, answers no page whose name was made to lead to it', async () => {
  const demo = await anApi({ PROJECTFLOW_DEMO: '1', PUBLIC_URL })
  onTestFinished(demo.stop)
  for (const host of ['evil.example', 'evil.example:3000', '127.0.0.1.evil.example', '192.0.2.1']) {
    expect([host, await statusFor(demo.url, host)]).toEqual([host, 421])
  }
  for (const host of ['127.0.0.1:3000', 'localhost', '[::1]:3000', 'flow.example.com']) {
    expect([host, await statusFor(demo.url, host)]).toEqual([host, 200])
  }
})

test('outside the demo the proxy in front says for which hosts it answers', async () => {
  const api = await anApi({ PUBLIC_URL })
  onTestFinished(api.stop)
  expect(await statusFor(api.url, 'api')).toBe(200)
})
