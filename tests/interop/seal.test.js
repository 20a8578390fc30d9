// The page's cryptography against independent oracles: the vectors of RFC 9180, another
// implementation of HPKE, Python's BLAKE2b, and the envelopes that tests/vectors pins for the
// program.
import {Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256} from '@hpke/core';
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {pageModules, project, x25519} from './modules.js';

const {bytes, blake2b: hash, hpke, seal, language} =
    await pageModules('bytes', 'blake2b', 'hpke', 'seal', 'language');
const fromHex = (text) => new Uint8Array(Buffer.from(text, 'hex'));
const same = (a, b) => assert.equal(Buffer.from(a).toString('hex'), Buffer.from(b).toString('hex'));

test('HPKE gives the ciphertexts of RFC 9180', async () => {
  const text = readFileSync(join(project, 'tests/vectors/hpke_rfc9180.inc'), 'utf8');
  const block = text.slice(text.indexOf('\n    2,'), text.indexOf('\n    3,'));
  const [info, skR, pkR, skE, enc, plaintext, first] =
      [...block.matchAll(/"([0-9a-f]+)"/g)].map((match) => fromHex(match[1]));
  const sender = await hpke.setupSender(pkR, info, await x25519(skE, enc));
  same(sender.enc, enc);
  const aad = bytes.utf8('Count-0');
  same(await hpke.seal(sender, aad, plaintext), first);
  const {privateKey} = await x25519(skR, pkR);
  same(
      await hpke.open(await hpke.setupRecipient(enc, privateKey, pkR, info), aad, first),
      plaintext);
});

test('HPKE agrees with @hpke/core in both directions', async () => {
  const suite = new CipherSuite(
      {kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm()});
  const pair = await suite.kem.generateKeyPair();
  const recipient = new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey));
  const [info, aad, words] = ['info', 'aad', 'come in'].map(bytes.utf8);

  const ours = await hpke.setupSender(recipient, info);
  const theirs = await suite.createRecipientContext({recipientKey: pair, enc: ours.enc, info});
  same(new Uint8Array(await theirs.open(await hpke.seal(ours, aad, words), aad)), words);

  const sender = await suite.createSenderContext({recipientPublicKey: pair.publicKey, info});
  const sealed = new Uint8Array(await sender.seal(words, aad));
  const context =
      await hpke.setupRecipient(new Uint8Array(sender.enc), pair.privateKey, recipient, info);
  same(await hpke.open(context, aad, sealed), words);
  sealed[3] ^= 1;
  await assert.rejects(hpke.open(context, aad, sealed));
});

test('BLAKE2b of 32 bytes is what RFC 7693 says', () => {
  // Node has BLAKE2b-512 only; these were made by Python's hashlib, of the bytes 0, 1, 2, …
  for (const [size, digest] of [
           [0, '0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8'],
           [1, '03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314'],
           [80, '066de1009daca2b8390a9dc734bce547ac4e3cc4531645bb8b9cbc0070941d88'],
           [127, 'f2fe67ff342e21b8f45e8f2e0bcd1d9243245d50ee6c78042e9c491388791c72'],
           [128, 'c3582f71ebb2be66fa5dd750f80baae97554f3b015663c8be377cfcb2488c1d1'],
           [129, 'f7f3c46ba2564ff4c4c162da1f5b605f9f1c4aa6a20652a9f9a337c1a2f5b9c9'],
           [300, '3a486e3fe3ee414853000269ac020030aeef748cb05cd62ba85939ec298ef25c']])
    same(hash.blake2b(Uint8Array.from({length: size}, (_, i) => i)), fromHex(digest));
});

test('opens and rejects the pinned envelopes as the program does', async () => {
  const file = JSON.parse(readFileSync(join(project, 'tests/vectors/envelope.json'), 'utf8'));
  const publicRaw = bytes.fromBase64(file.recipient_public);
  const {privateKey} = await x25519(bytes.fromBase64(file.recipient_secret), publicRaw);
  const device = {opening: privateKey, identity: bytes.concat(new Uint8Array(32), publicRaw)};
  let opened = 0;
  for (const vector of file.vectors) {
    let outcome = 'opened';
    try {
      const {header, signer, payload} =
          await seal.openEnvelope(bytes.fromBase64(vector.envelope), device, vector.now);
      assert.equal(bytes.toBase64(payload), vector.payload);
      assert.equal(bytes.toBase64(header.id), vector.message);
      assert.equal(bytes.toBase64(header.incident), vector.incident);
      assert.deepEqual(
          [header.kind, header.realness, header.created, header.expires],
          [vector.kind, vector.realness, vector.created, vector.expires]);
      assert.equal(bytes.toBase64(signer), file.signer_public);
      ++opened;
    } catch (error) {
      assert.ok(error instanceof bytes.Refused, `${vector.name}: ${error}`);
      outcome = error.message;
    }
    // Browsers have no ChaCha20-Poly1305: to them it is an envelope of another suite.
    const isForeign = bytes.fromBase64(vector.envelope).subarray(5, 7).join() === '0,3';
    assert.equal(outcome, isForeign ? 'malformed' : vector.outcome, vector.name);
  }
  assert.ok(opened > 0);
});

test('what a hostile byte does to an envelope is a rejection, never a fault', async () => {
  const device = await seal.generateDevice();
  const now = Date.now();
  const header = {
    kind: 1,
    realness: 2,
    id: seal.randomId(),
    incident: seal.randomId(),
    created: now,
    expires: now + 1000
  };
  const envelope = await seal.sealEnvelope(
      seal.sealingKeyOf(device.identity), header, bytes.utf8('come in'), device);
  assert.equal(envelope.length, 1024);
  const {payload} = await seal.openEnvelope(envelope, device, now);
  assert.equal(bytes.textOf(payload), 'come in');
  for (const at of [0, 4, 6, 7, 38, 39, 500, 1023]) {
    const changed = envelope.slice();
    changed[at] ^= 1;
    await assert.rejects(seal.openEnvelope(changed, device, now), bytes.Refused, `byte ${at}`);
  }
  for (const size of [0, 3, 39, 1023])
    await assert.rejects(seal.openEnvelope(envelope.slice(0, size), device, now), bytes.Refused);
  const other = await seal.generateDevice();
  await assert.rejects(seal.openEnvelope(envelope, other, now), /not for us/);
  await assert.rejects(seal.openEnvelope(envelope, device, now + 1000), /expired/);
  await assert.rejects(seal.openEnvelope(envelope, device, now - 600_001), /from the future/);
});

test('no private key of a device can be read out', async () => {
  const device = await seal.generateDevice();
  for (const key of [device.signing, device.opening])
    for (const format of ['pkcs8', 'jwk'])
      await assert.rejects(crypto.subtle.exportKey(format, key), /not extractable/);
});

test('every language has every word, with the same places to fill in', () => {
  const places = (line) => [...line.matchAll(/{\w+}/g)].map(String).sort().join();
  const english = language.tables();
  assert.equal(new Set(english.map(([key]) => key)).size, english.length);
  for (const code of Object.keys(language.LANGUAGES).filter((other) => other !== 'en')) {
    const text = readFileSync(join(project, `lib/relay/page/${code}.txt`), 'utf8');
    const lines = text.trimEnd().split('\n');
    assert.equal(lines.length, english.length, code);
    english.forEach(
        ([key, words], i) => assert.equal(places(lines[i]), places(words), `${code}: ${key}`));
  }
});
