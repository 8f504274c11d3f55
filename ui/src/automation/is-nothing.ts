/** Whether there is nothing to be read: no value, or one that holds none. */
export const isNothing = (value: unknown) =>
  value === null || value === undefined || JSON.stringify(value) === '{}'
