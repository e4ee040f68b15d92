/** Writes a number in the chosen language: `1,234`. */
export type Integer = (value: number) => string

/** `1 room`, `1,234 rooms` */
export function counted(count: number, integer: Integer, one: string, many: string): string {
  return `${integer(count)} ${count === 1 ? one : many}`
}
