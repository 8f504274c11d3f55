/** What lines of the installation's log tell of, by the names they bear there. */
export const INSTALLATION_ACTIONS = [
  'session.open',
  'session.close',
  'session.revoke',
  'session.reuse',
  'password.change',
  'password.reset',
  'password.confirm',
  'totp.on',
  'totp.off',
  'totp.codes',
  'token.make',
  'token.revoke',
  'operator.add',
  'operator.remove',
  'operator.queues',
  'operator.histories',
  'config.change',
  'keys.rotate',
  'audit.read',
  'audit.export',
] as const
export type InstallationAction = (typeof INSTALLATION_ACTIONS)[number]
