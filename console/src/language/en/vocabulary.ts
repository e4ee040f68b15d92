/** Words for the codes of the service: patterns of IDs, methods, roles, scopes, actions in the audit log. */
import type { Role, Scope } from '../../../../src/wire/access.ts'
import type { GuessClass } from '../../../../src/wire/audit.ts'
import type { GenerationMethod } from '../../../../src/wire/sites.ts'

const classes: Record<GuessClass, string> = {
  emailPrefix: 'E-mail prefix',
  firstInitialLastName: 'First initial and last name',
  username: 'Username',
  nameForm: 'Another form of the name',
  spelling: 'Another spelling of the name',
  nickname: 'Nickname',
  nameAndNumber: 'Name and number',
  nameAndWord: 'Name and word',
  date: 'Name and date',
  word: 'Common word',
  short: 'Three characters or fewer',
  nearbyNumber: 'Number close to another',
  number: 'Number',
  ownChoice: 'Custom',
  random: 'Random characters',
}

const methods: Record<GenerationMethod, string> = {
  emailPrefix: 'E-mail address prefix',
  firstInitialLastName: 'First initial and last name',
  username: 'Username',
  meetingNumber: 'Prefix and meeting number',
  random: 'Prefix and random characters',
}

const roles: Record<Role, string> = {
  fullAdmin: 'Full administrator',
  contentAdmin: 'Content administrator',
  siteAdmin: 'Site administrator',
  user: 'User',
}

const scopes: Record<Scope, string> = {
  'meeting:admin_preferences_write': 'Refresh room IDs and change other people’s preferences',
  'meeting:admin_preferences_read': 'Read other people’s preferences',
  'meeting:admin_config_write': 'Change site settings; refresh room IDs as a site administrator',
  'meeting:admin_config_read': 'Read site settings',
  'meeting:preferences_write': 'Change your own preferences',
  'meeting:preferences_read': 'Read your own preferences',
  'meeting:admin_schedule_write': 'Change other people’s meetings',
  'meeting:admin_schedule_read': 'Read other people’s meetings',
  'meeting:schedules_write': 'Change your own meetings',
  'meeting:schedules_read': 'Read your own meetings',
  'spark-admin:people_write': 'Add, change and remove people',
  'spark-admin:people_read': 'Read everybody’s details',
  'spark:people_read': 'Read your own details',
  'spark:webhooks_write': 'Manage webhooks',
  'spark:webhooks_read': 'View webhooks',
  'roomkey:admin': 'Administer Roomkey',
}

export const vocabulary = {
  classes,
  methods,
  roles,
  scopes,
  strengths: { weak: 'Guessable', fair: 'Fair', strong: 'Strong' },
  /** Entries of the audit log, by the name that the service gives them. */
  auditActions: {
    'rotation.planned': 'Rotation planned',
    'rotation.approved': 'Rotation approved',
    'rotation.rehearsed': 'Rotation rehearsed',
    'rotation.started': 'Rotation started',
    'rotation.paused': 'Rotation paused',
    'rotation.resumed': 'Rotation resumed',
    'rotation.verified': 'Rotation verified',
    'rotation.meetingsRead': 'Meetings of the rotation read',
    'rotation.removed': 'Plan discarded',
    'webhook.created': 'Webhook added',
    'webhook.changed': 'Webhook changed',
    'webhook.removed': 'Webhook deleted',
    'people.imported': 'People imported',
    'defaultSite.chosen': 'Default site chosen',
    'site.created': 'Site added',
    'site.changed': 'Settings changed',
    'commonSettings.changed': 'Common settings changed',
    'preference.changed': 'Room options changed',
    'room.marked': 'Room status changed',
    'token.created': 'Token created',
    'token.revoked': 'Token revoked',
    'webex.signInBegun': 'Webex sign-in started',
    'webex.connected': 'Connected to Webex',
    'webex.disconnected': 'Disconnected from Webex',
    'person.created': 'Person added',
    'person.changed': 'Person changed',
    'person.removed': 'Person removed',
    'meeting.created': 'Meeting scheduled for somebody',
    'meeting.deleted': 'Somebody’s meeting deleted',
    'site.mirrored': 'Site is read into a mirror',
    'sync.started': 'Reading of the site started',
    'sync.stopped': 'Reading of the site stopped',
    'room.changedElsewhere': 'Room changed by somebody else',
    'room.guessableElsewhere': 'Room took a guessable ID',
    'site.enumerated': 'Somebody tries IDs of rooms',
  },
}
