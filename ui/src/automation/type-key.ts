/** The name of a trigger or a node among the words: dots there lead one level down. */
export const typeKey = (type: string): string => type.replaceAll('.', '-')
