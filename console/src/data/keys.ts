/**
 * The keys under which the query client keeps answers, for those that more than one place reads or invalidates.
 * A longer key is invalidated together with its beginning: `keys.rooms` stands for every list of rooms.
 */
export const keys = {
  session: ['session'],
  sites: ['sites'],
  tokens: ['tokens'],
  webhooks: ['webhooks'],
  webexConnection: ['webex-connection'],
  sync: ['sync'],
  audit: ['audit'],
  changes: ['changes'],
  rooms: ['rooms'],
  room: ['room'],
  rotations: ['rotations'],
  rotation: ({ siteUrl, number }: { siteUrl: string; number: number }) => ['rotation', siteUrl, number],
} as const
