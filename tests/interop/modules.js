// The page's own modules, for Node. They are copied beside a package.json that says that they are
// modules; in lib nothing does, and a browser knows it from the page.
import {cpSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

export const project = fileURLToPath(new URL('../..', import.meta.url));

globalThis.indexedDB = {open: () => ({})};  // Node has none: a request to this one never completes

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

// A certificate that `issuer` signed, made with the page's own modules.
export async function certify({bytes, seal}, issuer, certificate) {
  const {role, subject, name = '', issued, expires} = certificate;
  const serial = bytes.encodeTime(7);
  const unsigned = bytes.concat(
    bytes.utf8('TOCC'), [1, role], subject, [bytes.utf8(name).length], bytes.utf8(name), serial,
    bytes.encodeTime(issued), bytes.encodeTime(expires), seal.verifyKeyOf(issuer.identity));
  const signature = await seal.sign(issuer.signing, seal.Domain.certificate, unsigned);
  return bytes.concat(unsigned, signature);
}

const PKCS8_X25519 = '302e020100300506032b656e04220420';  // RFC 8410, before the secret

// The key pair of this secret. The page itself only ever generates a pair.
export async function x25519(secret, publicRaw) {
  const pkcs8 = Buffer.concat([Buffer.from(PKCS8_X25519, 'hex'), secret]);
  return {
    privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, 'X25519', false, ['deriveBits']),
    publicKey: await crypto.subtle.importKey('raw', publicRaw, 'X25519', true, [])
  };
}
