/** The workflow of a flow and what set it off: of two starts for the same, the second does nothing. */
export const automationId = (flow: string, cause: string): string => `automation/${flow}/${cause}`
