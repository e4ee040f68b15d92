export const knownExceptions: string[] = []
