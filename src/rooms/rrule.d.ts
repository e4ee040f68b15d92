/** The package's ES modules cannot be loaded by Node: it does not say that they are some. This is its other build. */
declare module 'rrule/dist/es5/rrule.js' {
  import type { RRule } from 'rrule'

  const rrule: { RRule: typeof RRule }
  export default rrule
}
