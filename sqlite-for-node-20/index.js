/**
 * SQLite's driver for Node 20. better-sqlite3 13 needs Node-API 10, which Node has from 22.14 on, and crashes without it;
 * 12 aborts on Node 24.21 and some before it. So this folder keeps 12 with a lock file of its own, and only Node 20 installs it:
 * when Roomkey is built, or when it first opens a SQLite database.
 */
const { install } = require('./install.js')

install()
// By its path: what a search upwards could find is version 13.
module.exports = require('./node_modules/better-sqlite3')
