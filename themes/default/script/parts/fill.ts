// Fills the slots of a text.

/** Replaces the slots of a text with values. A slot is a name between \x01 and \x02, two characters that no author can write. */
export const fill = (text: string, values: Record<string, string | number> = {}) => text.replace(/\x01(\w+)\x02/g, (_, name) => String(values[name]))
