export { egressDenials } from './egress-denials.ts'
export { trail } from './trail.ts'
export { FROM_INSIDE, recordOfInstallation, THE_INSTALLATION } from './installation.ts'
export type { Happened } from './installation.ts'
