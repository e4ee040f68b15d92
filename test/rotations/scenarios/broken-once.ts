/** Scenarios that once broke a promise, found among thousands. */
export const brokenOnce = [
  'emptyAnswer+staleSteady/given/webex/35people/alive/verified/seed591974/sqlite',
  'offendersUnnamed+otherIdAlways/given/roomkey/56people/kill63resume/verified/seed96670/sqlite',
  'emptyAnswer+otherIdOnce/given/webex/20people/alive/verified/seed739670/sqlite',
  'html502Before+poison/given/webex/29people/alive/immediately/seed344462/sqlite',
  'offendersUnnamed+partialSkippedPilot/given/roomkey/36people/alive/verified/seed432277/sqlite',
  'stormHuge+tokenEnds/random/webex/20people/alive/verified/seed379229/sqlite',
  'otherIdAlways+hangAfter/given/webex/41people/alive/verified/seed431732/sqlite',
  'htmlOneRoom+attendees/given/roomkey/52people/alive/verified/seed885841/sqlite',
  'staleSteady+otherIdPilot/random/webex/35people/kill19resume/verified/seed596847/sqlite',
  'freedReserved+otherIdAlways/given/webex/37people/alive/immediately/seed694143/sqlite',
]
