import { defineSignal, defineUpdate } from '@temporalio/workflow'
import type { Called, Decision, Output } from '#core/contracts/flows/run.ts'

/** Somebody answers an approval; refused with a code when they may not, or it is over. */
export const decide = defineUpdate<'taken', [Decision]>('decide')

/** Something happened to the run's card. */
export const happened = defineSignal<[Output]>('happened')

/** A run that this one has called is over. */
export const calledEnded = defineSignal<[Called]>('calledEnded')

/** running, waiting, done, failed or cancelled. */
export const runStatus = { name: 'RunStatus', type: 'KEYWORD' } as const
