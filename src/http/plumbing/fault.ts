import type { MessageOrText } from '../../messages/message.ts'

/** One thing that is wrong with a request. */
export interface Fault {
  description: MessageOrText
  /** JSON Pointer into the request body, where one place is at fault. */
  pointer?: string
  /** Which refusal it is, for programs, where an operation has several. */
  code?: string
}
