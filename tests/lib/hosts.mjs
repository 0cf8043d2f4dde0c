// The hosts on which the tests try the site. Starting a host makes the site available there. It returns the site's address
// (`root`) and a function that stops the host (`close`).

import { execFile, execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { repository, scratch } from './folders.mjs'
import { serve } from './server.mjs'
import { command, TODAY } from './site.mjs'

const run = promisify(execFile)

/** The document about hosts. `make hosts` writes the table in it. */
export const DOC = path.join(repository, 'docs/hosts.md')

/** A host's policy that forbids styles and scripts inside pages, and the policy that docs/hosts.md recommends instead. */
const STRICT = "default-src 'self'"
const helping = () => /^Content-Security-Policy: (.*)$/m.exec(fs.readFileSync(DOC, 'utf8'))[1]

const program = name => ['/usr/sbin/', '/usr/bin/'].map(folder => folder + name).find(file => fs.existsSync(file)) ?? name

const firstLine = (file, ...args) => {
  const said = execFileSync('sh', ['-c', '"$0" "$@" 2>&1', program(file), ...args], { encoding: 'utf8' })
  return /(\d+\.\d+(\.\d+)?)/.exec(said)[1]
}

const versions = { Apache: () => firstLine('apache2', '-v'), nginx: () => firstLine('nginx', '-v'), Go: () => firstLine('go', 'version') }

let copies = 0

/**
 * Copies the site, as hard links, to the folder `below` inside a new folder, and returns both paths (`folder` and `root`).
 * Servers of other users may read the copy.
 */
function copyOf(site, below) {
  fs.chmodSync(scratch, 0o755)
  const root = path.join(scratch, `host-${copies++}`)
  const folder = path.join(root, below)
  fs.mkdirSync(path.dirname(folder), { recursive: true })
  execFileSync('cp', ['-al', site.folder, folder])
  return { root, folder }
}

/** Lets `sitegen host` write its configuration files for a site, and returns the path of one of them. */
function configured(kind, file, site) {
  execFileSync(command, ['host', kind, ...kind === 'iis' ? [site.folder] : [], '--base-url', 'https://example.jp/a/b/c/', '--out', path.join(scratch, 'hosting')])
  return path.join(scratch, 'hosting', kind, file)
}

const freePort = () => new Promise(resolve => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => resolve(port))
  })
})

/**
 * Returns whether a server accepts connections at a port. It closes the connection: an open one would keep the tests running.
 */
const answers = port => new Promise(resolve => {
  const call = net.connect(port, '127.0.0.1')
  const end = taken => () => {
    call.destroy()
    resolve(taken)
  }
  call.on('connect', end(true)).on('error', end(false))
})

/** Starts a server and waits until it accepts connections. Returns a function that stops the server. */
async function start(file, args, port) {
  const child = spawn(program(file), args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = '', ended = false
  child.stderr.on('data', text => (said += text))
  const end = new Promise(resolve => child.on('exit', () => resolve((ended = true))))
  while (!await answers(port)) {
    if (ended) throw new Error(`${file} ended: ${said}`)
  }
  return () => {
    child.kill('SIGINT')
    return end
  }
}

const apache = allowed => async site => {
  const { root, folder } = copyOf(site, 'a/b/c')
  fs.copyFileSync(configured('apache', '.htaccess', site), path.join(folder, '.htaccess'))
  const port = await freePort(), config = path.join(root, 'server.conf')
  fs.writeFileSync(config, [
    'ServerName localhost', `Listen 127.0.0.1:${port}`, `PidFile ${root}/pid`, `ErrorLog ${root}/log`, `Mutex file:${root}`,
    ...['mpm_event', 'authz_core', 'mime', 'dir', 'filter', 'deflate', 'headers', 'setenvif'].map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    ...process.getuid() === 0 ? ['User www-data', 'Group www-data'] : [],
    'TypesConfig /etc/mime.types', `DocumentRoot ${root}`, 'DirectoryIndex index.html', `<Directory ${root}>`, `AllowOverride ${allowed}`, 'Require all granted', '</Directory>', '',
  ].join('\n'))
  return { root: `http://127.0.0.1:${port}/a/b/c/`, close: await start('apache2', ['-DFOREGROUND', '-f', config], port) }
}

async function nginx(site) {
  const { root } = copyOf(site, 'a/b/c')
  const port = await freePort(), config = path.join(root, 'server.conf')
  const own = fs.readFileSync(configured('nginx', 'nginx.conf', site), 'utf8').replace('listen 8080;', `listen 127.0.0.1:${port};`).replace('root /srv/site;', `root ${root};`)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${root}/${name};`).join('\n')
  fs.writeFileSync(config, `daemon off;\n${process.getuid() === 0 ? 'user root;\n' : ''}pid ${root}/pid;\nerror_log ${root}/log;\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${own}}\n`)
  return { root: `http://127.0.0.1:${port}/a/b/c/`, close: await start('nginx', ['-c', config], port) }
}

async function goServer(site) {
  const binary = path.join(scratch, 'fileserver')
  await run('go', ['build', '-o', binary, './tests/lib/fileserver'], { cwd: repository })
  const child = spawn(binary, [site.folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const root = await new Promise(resolve => child.stdout.once('data', text => resolve(String(text).trim())))
  return { root, close: () => child.kill() }
}

/**
 * Runs a shell script in a separate mount namespace. Returns `view`, a folder in /proc below which other programs see the
 * namespace's files, and `close`, which ends the namespace.
 */
async function mounted(script, ...args) {
  const child = spawn('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-ec', `${script}\necho mounted\nexec sleep 100000`, 'sh', ...args], { cwd: repository })
  let said = ''
  child.stderr.on('data', text => (said += text))
  await new Promise((resolve, reject) => {
    child.stdout.on('data', text => /mounted/.test(text) && resolve())
    child.on('exit', () => reject(new Error(`nothing is mounted: ${said}`)))
  })
  return { view: `/proc/${child.pid}/root`, close: () => child.kill() }
}

const disk = folder => ({ root: pathToFileURL(folder).href + '/', close() {} })

async function readOnly(site) {
  const { folder } = copyOf(site, 'media')
  const { view, close } = await mounted('mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; ! touch "$1/x" 2>/dev/null; "$2" verify "$1" >/dev/null', folder, command)
  return { ...disk(view + folder), close }
}

/**
 * Builds the site into a mounted folder, which a build cannot replace with a new folder. It first builds a version with a
 * base URL there, and then the site itself.
 */
async function volume() {
  const folder = path.join(scratch, 'volume')
  fs.mkdirSync(folder)
  const build = ['build', '--content', 'content', '--theme', 'themes/default', '--out', folder, '--date', TODAY]
  const { close } = await mounted('out=$1; shift; mount --bind "$out" "$out"; "$@" --base-url https://example.jp/ >/dev/null 2>&1; "$@" >/dev/null 2>&1', folder, command, ...build)
  close()
  return disk(folder)
}

/** Returns a host that is the test server with these options. */
const says = options => site => serve(site.folder, { prefix: '/a/b/c/', ...options })

/** Returns the headers that a kind of host sends with a page after it is configured, and how they were obtained. */
export async function headersOf(kind, site, readsNetlify) {
  const asked = { apache: apache('FileInfo'), nginx, '': says({}) }[kind]
  if (asked) {
    const { root, close } = await asked(site)
    const answer = await fetch(root + 'ja/index.html')
    await close()
    return { headers: Object.fromEntries(answer.headers), how: 'as sent' }
  }
  if (kind === 'netlify') {
    const { headers, errors } = await readsNetlify({ headersFiles: [configured(kind, '_headers', site)], minimal: true })
    if (errors.length) throw new Error(errors.join('\n'))
    return { headers: { 'Content-Type': 'text/html', ...headers.find(rule => rule.for === '/*').values }, how: 'as Netlify’s own parser reads them' }
  }
  const pairs = {
    iis: text => text.split('<location')[0].matchAll(/<add name="(.*?)" value="(.*?)" \/>/g), // a location is another page
    s3: text => S3.filter(([pattern]) => pattern.test(text)).map(([, ...pair]) => ['', ...pair]),
  }[kind] ?? (text => /^\/\*\n((?: .*\n)*)/m.exec(text)[1].matchAll(/^ +(.*?): (.*)$/gm))
  const file = { iis: 'web.config', s3: 'response-headers.json' }[kind] ?? '_headers'
  const headers = Object.fromEntries([...pairs(fs.readFileSync(configured(kind, file, site), 'utf8'))].map(([, name, value]) => [name, value]))
  return { headers: { 'Content-Type': 'text/html', ...headers }, how: 'as written' }
}

/** Settings of CloudFront: a pattern that finds the setting, and the name and value of the header that the setting causes. */
const S3 = [
  [/"ContentTypeOptions"/, 'X-Content-Type-Options', 'nosniff'],
  [/"ReferrerPolicy": "no-referrer"/, 'Referrer-Policy', 'no-referrer'],
  [/"AccessControlMaxAgeSec": 31536000/, 'Strict-Transport-Security', 'max-age=31536000'],
  [/"FrameOption": "SAMEORIGIN"/, 'X-Frame-Options', 'SAMEORIGIN'],
  [/"ContentSecurityPolicy": "frame-ancestors 'self'"/, 'Content-Security-Policy', "frame-ancestors 'self'"],
]

const WORKS = { home: 'works', question: 'works', checker: 'works', search: 'works' }
const each = state => ({ home: state, question: state, checker: state, search: state })

/**
 * The hosts, and the expected state of each page there. `make test` tries only the `sampled` hosts; other tests check what
 * differs on the other hosts.
 */
export const HOSTS = [
  { name: 'a disk (`file://`)', start: site => disk(site.folder), want: WORKS },
  { name: 'read-only media (`file://`)', start: readOnly, want: WORKS, sampled: true },
  { name: 'a folder three deep', start: says({}), want: WORKS },
  { name: 'Apache, `AllowOverride None`', of: 'Apache', start: apache('None'), want: WORKS },
  { name: 'Apache, `AllowOverride FileInfo`', of: 'Apache', start: apache('FileInfo'), want: WORKS },
  { name: 'Apache, `AllowOverride All`', of: 'Apache', start: apache('All'), want: WORKS },
  { name: 'Apache, `AllowOverride AuthConfig`, with `.htaccess`', of: 'Apache', start: apache('AuthConfig'), want: each('answer 500') },
  { name: 'nginx', of: 'nginx', start: nginx, want: WORKS },
  { name: 'Go’s file server', of: 'Go', start: goServer, want: WORKS, sampled: true },
  { name: 'a host that calls all but pages `application/octet-stream`', start: says({ types: 'wrong' }), want: WORKS },
  { name: 'a host that calls everything `application/octet-stream`', start: says({ types: 'none' }), want: each('saved, not shown'), sampled: true },
  { name: 'a host that answers 404 for `.wasm`', start: says({ missing: '.wasm' }), want: WORKS },
  { name: 'a host that says Shift_JIS of everything', start: says({ charset: 'Shift_JIS' }), want: WORKS },
  { name: `a host with the policy \`${STRICT}\``, start: says({ headers: { 'Content-Security-Policy': STRICT } }), want: each('works, without styles'), noisy: true, sampled: true },
  { name: 'the same, with the policy named above for the site’s folder', start: site => serve(site.folder, { prefix: '/a/b/c/', headers: { 'Content-Security-Policy': helping() } }), want: WORKS, sampled: true },
  { name: 'a frame with `sandbox="allow-scripts"`', start: says({}), framed: true, want: WORKS },
  { name: 'a mounted volume (built there over another site)', start: volume, want: WORKS },
]

/** Returns the version of a host's software, for the table. */
export const versionOf = host => versions[host.of]?.() ?? ''
