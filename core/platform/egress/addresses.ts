import { BlockList, isIP } from 'node:net'

/** What belongs to somebody's own network, to the machine itself, or to nobody (RFC 6890). */
const SHUT_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
/** Of all of IPv6 only this is given to anybody, and in it these lead elsewhere or nowhere. */
const OPEN_V6 = '2000::/3'
const SHUT_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

/** Networks as they are written: `10.0.0.0/8`, `fd00::/8`. Throws on one that is none. */
export function networks(written: readonly string[]): BlockList {
  const list = new BlockList()
  for (const each of written) {
    const [address = '', bits = ''] = each.split('/')
    list.addSubnet(address, Number(bits), familyOf(address))
  }
  return list
}

const shutV4 = networks(SHUT_V4)
const openV6 = networks([OPEN_V6])
const shutV6 = networks(SHUT_V6)

/** Whether an address is out on the internet. */
export function isOutside(address: string): boolean {
  if (isIP(address) === 4) return !shutV4.check(address)
  return isIP(address) === 6 && openV6.check(address, 'ipv6') && !shutV6.check(address, 'ipv6')
}

/** Whether an address is in one of the networks. */
export const isWithin = (list: BlockList, address: string): boolean =>
  isIP(address) !== 0 && list.check(address, familyOf(address))

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}
