import type { FlowTemplate } from '../template.ts'
import { approvalBeforeDone } from './approval-before-done.ts'
import { archiveAfterAWeek } from './archive-after-a-week.ts'
import { bugsHaveAChecklist } from './bugs-have-a-checklist.ts'
import { cardsFromOutside } from './cards-from-outside.ts'
import { definitionOfDone } from './definition-of-done.ts'
import { doneWhenTicked } from './done-when-ticked.ts'
import { dueAWeekFromStart } from './due-a-week-from-start.ts'
import { followUpCard } from './follow-up-card.ts'
import { nobodyWaitsInToDo } from './nobody-waits-in-to-do.ts'
import { overdueIsTold } from './overdue-is-told.ts'
import { prepareAndTakeBack } from './prepare-and-take-back.ts'
import { remindBeforeDue } from './remind-before-due.ts'
import { splitByButton } from './split-by-button.ts'
import { stuckInReview } from './stuck-in-review.ts'
import { tellAnotherSystem } from './tell-another-system.ts'
import { tidyDone } from './tidy-done.ts'
import { twoSignOff } from './two-sign-off.ts'
import { urgentHasALabel } from './urgent-has-a-label.ts'
import { weeklyPlanning } from './weekly-planning.ts'
import { whoeverStartsHasIt } from './whoever-starts-has-it.ts'

/** The flows one can begin with, by name. */
export const flowTemplates: Readonly<Record<string, FlowTemplate>> = {
  'approval-before-done': approvalBeforeDone,
  'done-when-ticked': doneWhenTicked,
  'archive-after-a-week': archiveAfterAWeek,
  'whoever-starts-has-it': whoeverStartsHasIt,
  'urgent-has-a-label': urgentHasALabel,
  'overdue-is-told': overdueIsTold,
  'remind-before-due': remindBeforeDue,
  'bugs-have-a-checklist': bugsHaveAChecklist,
  'definition-of-done': definitionOfDone,
  'stuck-in-review': stuckInReview,
  'follow-up-card': followUpCard,
  'split-by-button': splitByButton,
  'weekly-planning': weeklyPlanning,
  'tidy-done': tidyDone,
  'cards-from-outside': cardsFromOutside,
  'tell-another-system': tellAnotherSystem,
  'nobody-waits-in-to-do': nobodyWaitsInToDo,
  'due-a-week-from-start': dueAWeekFromStart,
  'two-sign-off': twoSignOff,
  'prepare-and-take-back': prepareAndTakeBack,
}
