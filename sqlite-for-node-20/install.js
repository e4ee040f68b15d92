/** Installs this folder's driver, where Node needs it and it is not there yet: `node sqlite-for-node-20/install.js`. */
const { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeSync } = require('node:fs')
const { delimiter, dirname, join } = require('node:path')

const installed = join(__dirname, 'node_modules')

/** Throws with what to do about it. Whoever installs at the same time, or breaks off, leaves a whole driver or none. */
function install() {
  if (existsSync(installed)) return
  writeSync(2, 'Installing the SQLite driver for Node 20, once; it takes a minute where it has to be compiled.\n')
  let folder
  try {
    folder = mkdtempSync(join(__dirname, 'installing-'))
    for (const name of ['package.json', 'package-lock.json']) cpSync(join(__dirname, name), join(folder, name))
    runNpm(folder)
    renameSync(join(folder, 'node_modules'), installed)
  } catch (error) {
    const remedy = `see to it that "node ${__filename}" runs, as somebody who may write there`
    if (!existsSync(installed)) throw new Error(`${error.message.trim()}; ${remedy}`)
  } finally {
    if (folder) rmSync(folder, { recursive: true, force: true })
  }
}

/** With the Node that runs this, for which the driver is compiled. */
function runNpm(folder) {
  // Loaded here, because most starts install nothing.
  const { spawnSync } = require('node:child_process')
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter)
  const { status, error, stdout, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    env: { ...process.env, PATH, npm_config_global: 'false', npm_config_ignore_scripts: 'false' },
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status === 0) return
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`)
  throw error ?? new Error(`npm ci ended with ${status}`)
}

module.exports = { install }

if (require.main === module && Number(process.versions.napi) < 10) install()
