// The page's own modules, for Node: copied beside a package.json, because nothing in lib says that
// they are modules. A browser knows it from the page.
import {cpSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

export const project = fileURLToPath(new URL('../..', import.meta.url));

globalThis.indexedDB = {open: () => ({})};  // Node has none: whatever is asked of it never comes

export async function pageModules(...names) {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-page-'));
  process.on('exit', () => rmSync(folder, {recursive: true, force: true}));
  cpSync(join(project, 'lib/relay/page'), folder, {recursive: true});
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  const modules = {};
  for (const name of names)
    modules[name] = await import(pathToFileURL(join(folder, `${name}.js`)).href);
  return modules;
}

// A certificate by the key of `issuer`, with the page's own bytes and signatures.
export async function certify(
    {bytes, seal}, issuer, {role, subject, name = '', issued, expires}) {
  const unsigned = bytes.concat(
      bytes.utf8('TOCC'), [1, role], subject, [bytes.utf8(name).length], bytes.utf8(name),
      bytes.time(7), bytes.time(issued), bytes.time(expires), seal.verifyKeyOf(issuer.identity));
  return bytes.concat(
      unsigned, await seal.sign(issuer.signing, seal.Domain.certificate, unsigned));
}

const PKCS8_X25519 = '302e020100300506032b656e04220420';

// A key pair with the private half given; the shipped page only ever generates one.
export async function x25519(secret, publicRaw) {
  return {
    privateKey: await crypto.subtle.importKey(
        'pkcs8', Buffer.concat([Buffer.from(PKCS8_X25519, 'hex'), secret]), 'X25519', false,
        ['deriveBits']),
    publicKey: await crypto.subtle.importKey('raw', publicRaw, 'X25519', true, []),
  };
}
