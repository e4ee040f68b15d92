/**
 * What the codes mean that the system, networks, TLS and databases give as errors, in one table: why it failed, and
 * what to do. An error whose code stands here is no bug of Roomkey's.
 *
 * Sources: the manual pages errno(3) and getaddrinfo(3), Node's and OpenSSL's lists of codes (nodejs.org/api/errors.html
 * and tls.html), sqlite.org/rescode.html, and appendix A of PostgreSQL's manual.
 */
import { UserError } from '../errors.ts'
import { type Message, type MessageCode, message } from './message.ts'
import { render } from './render.ts'

type Plain = Exclude<MessageCode, 'systemFailure' | 'systemRefuses'>

export interface SystemFailure {
  /** The file, or the host and port, as the error names it; empty where it names none. */
  place: string
  why: Message
  remedy: Message
}

const network = [
  [/^(ECONNREFUSED)$/, 'connectionRefused', 'doCheckAddress'],
  [
    /^(ECONNRESET|ECONNABORTED|ENOTCONN|ESHUTDOWN|ENETRESET|UND_ERR_SOCKET|UND_ERR_ABORTED|ERR_SOCKET_CLOSED.*|ERR_STREAM_PREMATURE_CLOSE)$/,
    'connectionReset',
    'doTryAgain',
  ],
  [
    /^(ETIMEDOUT|ETIMEOUT|ETIME|UND_ERR_\w+_TIMEOUT|ERR_SOCKET_CONNECTION_TIMEOUT)$/,
    'connectionTimedOut',
    'doCheckNetwork',
  ],
  [/^(EAI_AGAIN|EAI_FAIL|ESERVFAIL|EREFUSED|EAI_SYSTEM|EAI_MEMORY)$/, 'nameServerAway', 'doCheckNetwork'],
  [/^(ENOTFOUND|ENODATA|EBADNAME|EAI_\w+)$/, 'hostNotFound', 'doCheckHost'],
  [/^(EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENONET)$/, 'hostUnreachable', 'doCheckNetwork'],
  [/^(EADDRINUSE)$/, 'addressInUse', 'doOtherPort'],
  [/^(EADDRNOTAVAIL|EAFNOSUPPORT|EPROTONOSUPPORT)$/, 'addressForeign', 'doOwnAddress'],
  [/^(Z_DATA_ERROR|Z_BUF_ERROR|ERR__ERROR_\w+|ERR_BROTLI_\w+)$/, 'answerGarbled', 'doTryAgain'],
  [/^(HPE_\w+|UND_ERR_RES\w*|UND_ERR_HEADERS_OVERFLOW|EPROTOTYPE)$/, 'protocolForeign', 'doCheckAddress'],
] as const

const tls = [
  [/^(CERT_HAS_EXPIRED|CRL_HAS_EXPIRED)$/, 'certificateExpired', 'doRenewCertificate'],
  [/^(CERT_NOT_YET_VALID|CRL_NOT_YET_VALID)$/, 'certificateNotYetValid', 'doRenewCertificate'],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_\w+|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_UNTRUSTED|CERT_REJECTED|INVALID_CA|CERT_CHAIN_TOO_LONG)$/,
    'certificateUnknown',
    'doTrustCertificate',
  ],
  [/^(ERR_TLS_CERT_ALTNAME_\w+|HOSTNAME_MISMATCH)$/, 'certificateOfOther', 'doUseItsName'],
  [/^(CERT_REVOKED)$/, 'certificateRevoked', 'doReplaceCertificate'],
  [
    /^(CERT_\w+|ERROR_IN_CERT_\w+|UNABLE_TO_DECODE_\w+|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|ERR_OSSL_\w+)$/,
    'certificateUnfit',
    'doReplaceCertificate',
  ],
  [
    /^(ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL)|EPROTO)$/,
    'tlsMissing',
    'doCheckScheme',
  ],
  [/^(ERR_SSL_\w+|ERR_TLS_\w+)$/, 'tlsFails', 'doCheckNetwork'],
] as const

const files = [
  [/^(ENOENT)$/, 'fileMissing', 'doCheckName'],
  [/^(ENOTDIR)$/, 'fileIsNoFolder', 'doCheckName'],
  [/^(EISDIR|ERR_FS_EISDIR)$/, 'fileIsFolder', 'doNameFile'],
  [/^(EACCES|EPERM)$/, 'fileForbidden', 'doChangeRights'],
  [/^(EEXIST|ENOTEMPTY)$/, 'fileExists', 'doNameOther'],
  [/^(EROFS)$/, 'diskReadOnly', 'doOtherPlace'],
  [/^(ENOSPC|EDQUOT)$/, 'diskFull', 'doFreeSpace'],
  [/^(EFBIG|EOVERFLOW|ERR_FS_FILE_TOO_LARGE|ERR_STRING_TOO_LONG)$/, 'fileTooLarge', 'doSplitFile'],
  [/^(ENAMETOOLONG|EILSEQ)$/, 'fileNameTooLong', 'doNameOther'],
  [/^(ELOOP|EMLINK)$/, 'fileLinksInCircle', 'doCheckName'],
  [/^(EMFILE|ENFILE)$/, 'filesTooMany', 'doRaiseLimit'],
  [/^(EIO|ENXIO|ENODEV|ESTALE|EREMOTEIO|ENOMEDIUM|EXDEV)$/, 'diskFails', 'doRepair'],
  [/^(EBUSY|ETXTBSY|ENOLCK|EDEADLK)$/, 'fileInUse', 'doWait'],
  [/^(ESPIPE)$/, 'fileIsPipe', 'doSaveFile'],
  [/^(EPIPE|EOF)$/, 'readerGone', 'doTryAgain'],
  [/^(ENOMEM|EAGAIN|ENOBUFS|ERR_WORKER_OUT_OF_MEMORY|ERR_MEMORY_ALLOCATION_FAILED)$/, 'memoryFull', 'doFreeMemory'],
] as const

/** Where the file is to be written. */
const writing = [
  [/^(ENOENT|ENOTDIR)$/, 'folderMissing', 'doMakeFolder'],
  [/^(EFBIG|EOVERFLOW)$/, 'diskFull', 'doFreeSpace'],
  ...files,
] as const

const sqlite = [
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/, 'databaseInUse', 'doWait'],
  [/^SQLITE_FULL/, 'diskFull', 'doFreeSpace'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'databaseDamaged', 'doRestoreBackup'],
  [/^SQLITE_READONLY/, 'databaseReadOnly', 'doChangeRights'],
  [/^SQLITE_(CANTOPEN|PERM|AUTH)/, 'fileForbidden', 'doChangeRights'],
  [/^SQLITE_IOERR/, 'diskFails', 'doRepair'],
  [/^SQLITE_(NOMEM)/, 'memoryFull', 'doFreeMemory'],
  [/^SQLITE_(NOLFS|TOOBIG)/, 'fileTooLarge', 'doSplitFile'],
] as const

/** By class and code; what is not here, such as syntax (42601) and constraints (23), is a mistake of the one who asks. */
const postgres = [
  [/^08/, 'databaseStopped', 'doStartDatabase'],
  [/^28/, 'databaseDenied', 'doCheckCredentials'],
  [/^3D/, 'databaseMissing', 'doCreateDatabase'],
  [/^3F/, 'schemaMissing', 'doCreateSchema'],
  [/^42501/, 'databaseForbidden', 'doUseOwner'],
  [/^25006/, 'databaseReadOnly', 'doUseOwner'],
  [/^(22021|22P05)/, 'databaseEncoding', 'doUseUtf8'],
  [/^53100/, 'diskFull', 'doFreeSpace'],
  [/^53200/, 'memoryFull', 'doFreeMemory'],
  [/^53/, 'databaseCrowded', 'doMoreConnections'],
  [/^(57014|25P03|25P04)/, 'databaseTooSlow', 'doRaiseTimeout'],
  [/^57/, 'databaseStopping', 'doStartDatabase'],
  [/^55(P03|006)/, 'databaseInUse', 'doWait'],
  [/^58/, 'diskFails', 'doRepair'],
  [/^(XX001|XX002)/, 'databaseDamaged', 'doRestoreBackup'],
] as const

type Table = readonly (readonly [codes: RegExp, why: Plain, remedy: Plain])[]

/** What PostgreSQL's server says has a severity beside its code; nothing else has. */
function tableFor({ code = '', severity, syscall = '' }: SystemError): Table {
  if (severity !== undefined) return /^[0-9A-Z]{5}$/.test(code) ? postgres : []
  if (code.startsWith('SQLITE_')) return sqlite
  const refused = ['addressForbidden', 'doHigherPort'] as const
  const sockets = [
    [/^(EACCES|EPERM)$/, ...refused],
    [/^(EPIPE)$/, 'connectionReset', 'doTryAgain'],
  ] as const
  const started = [[/^(ENOENT)$/, 'programMissing', 'doInstall']] as const
  if (/^(listen|bind)$/.test(syscall)) return [...sockets, ...network]
  if (/^(connect|getaddrinfo|query\w+)$/.test(syscall)) return [sockets[1], ...network, ...files]
  if (/^spawn/.test(syscall)) return [...started, ...files]
  return [...network, ...tls, ...files]
}

/** What Node says of a failed call: https://nodejs.org/api/errors.html#class-systemerror */
interface SystemError {
  code?: string
  errno?: number
  syscall?: string
  severity?: string
  path?: string
  address?: string
  hostname?: string
  port?: number
  cause?: unknown
  errors?: unknown[]
}

/** Codes that only a program's own mistakes lead to. */
const mistakes = /^(EBADF|EFAULT|EDOM|ERANGE)$/

/** What an error means, or what it was caused by; undefined for one that is a bug. */
export function systemFailure(error: unknown, depth = 0): SystemFailure | undefined {
  if (typeof error !== 'object' || error === null || depth > 5) return undefined
  const { code, errno, syscall, cause, errors } = error as SystemError
  if (typeof code === 'string') {
    const found = tableFor(error as SystemError).find(([codes]) => codes.test(code))
    if (found !== undefined) return { place: placeOf(error), why: plain(found[1]), remedy: plain(found[2]) }
    if (typeof errno === 'number' && syscall !== undefined && !mistakes.test(code)) {
      const why = message('systemRefuses', { code: `${syscall} ${code}` })
      return { place: placeOf(error), why, remedy: message('doTryAgain') }
    }
  }
  // A host with several addresses fails once for each.
  return systemFailure(cause, depth + 1) ?? systemFailure(errors?.[0], depth + 1)
}

/** One sentence about an error of the system, and the place where it names none; undefined for a bug. */
export function explainSystemFailure(error: unknown, place = ''): Message | undefined {
  const failure = systemFailure(error)
  return failure && message('systemFailure', { ...failure, place: failure.place || place })
}

/** An error of the system about a file that the user named, as a sentence for them; any other error as it is. */
export function aboutFile(error: unknown, path: string): unknown {
  const words = explainSystemFailure(error, path)
  return words === undefined ? error : new UserError(`Cannot read ${render(words)}`)
}

/** Calls to the system that fail for a file and its folder. A database that cannot be reached fails with others. */
const fileCalls = /^(open|write|fsync|rename|unlink|f?chmod|copyfile|realpath|l?stat|ftruncate)/

/** What the system says about a file that cannot be written, as a sentence for its user; any other error as it is. */
export function notWritten(error: unknown, place: string): unknown {
  const { code = '', syscall = '' } = error as SystemError
  if (!fileCalls.test(syscall) || /^(EPIPE|ECONN)/.test(code)) return error
  const found = writing.find(([codes]) => codes.test(code))
  const failure = found === undefined ? systemFailure(error) : { why: plain(found[1]), remedy: plain(found[2]) }
  // The error names the unfinished file.
  return failure === undefined
    ? error
    : new UserError(`Cannot write ${render(message('systemFailure', { ...failure, place }))}`)
}

function plain(code: Plain): Message {
  return { code, params: {} }
}

function placeOf(error: SystemError): string {
  if (error.path !== undefined) return error.path
  const host = error.hostname ?? error.address
  if (host === undefined) return ''
  return error.port === undefined ? host : `${host.includes(':') ? `[${host}]` : host}:${error.port}`
}
