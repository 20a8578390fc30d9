// The page's cryptography against independent oracles: the vectors of RFC 9180, another
// implementation of HPKE, and the envelopes that tests/vectors pins for the program.
import {Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256} from '@hpke/core';
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {pageModules, project, x25519} from './modules.js';

const {bytes, seal} = await pageModules('bytes', 'seal');
const fromHex = (text) => new Uint8Array(Buffer.from(text, 'hex'));
const same = (a, b) => assert.equal(Buffer.from(a).toString('hex'), Buffer.from(b).toString('hex'));

test('HPKE gives the ciphertexts of RFC 9180', async () => {
  const text = readFileSync(join(project, 'tests/vectors/hpke_rfc9180.inc'), 'utf8');
  const block = text.slice(text.indexOf('\n    2,'), text.indexOf('\n    3,'));
  const [info, skR, pkR, skE, enc, plaintext, first] =
    [...block.matchAll(/"([0-9a-f]+)"/g)].map((match) => fromHex(match[1]));
  const sender = await seal.setupSender(pkR, info, await x25519(skE, enc));
  same(sender.enc, enc);
  const aad = bytes.utf8('Count-0');
  same(await seal.useOnce(sender, 'encrypt', aad, plaintext), first);
  const {privateKey} = await x25519(skR, pkR);
  const recipient = await seal.setupRecipient(enc, privateKey, pkR, info);
  same(await seal.useOnce(recipient, 'decrypt', aad, first), plaintext);
});

test('HPKE agrees with @hpke/core in both directions', async () => {
  const suite = new CipherSuite(
    {kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm()});
  const pair = await suite.kem.generateKeyPair();
  const recipient = new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey));
  const [info, aad, words] = ['info', 'aad', 'come in'].map(bytes.utf8);

  const ours = await seal.setupSender(recipient, info);
  const theirs = await suite.createRecipientContext({recipientKey: pair, enc: ours.enc, info});
  same(new Uint8Array(await theirs.open(await seal.useOnce(ours, 'encrypt', aad, words), aad)), words);

  const sender = await suite.createSenderContext({recipientPublicKey: pair.publicKey, info});
  const sealed = new Uint8Array(await sender.seal(words, aad));
  const enc = new Uint8Array(sender.enc);
  const context = await seal.setupRecipient(enc, pair.privateKey, recipient, info);
  same(await seal.useOnce(context, 'decrypt', aad, sealed), words);
  sealed[3] ^= 1;
  await assert.rejects(seal.useOnce(context, 'decrypt', aad, sealed));
});

test('a key id is that of the program', async () => {
  // As in tests/unit/seal/words_test.cpp.
  const identity = Uint8Array.from({length: 64}, (_, i) => i);
  same(await seal.keyIdOf(identity), fromHex('dd34f296bea5499b7ecc34c7a43b22f4'));
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
    // Browsers have no ChaCha20-Poly1305: they refuse its envelopes as those of an unknown suite.
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
    id: bytes.random(16),
    incident: bytes.random(16),
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
  await seal.openEnvelope(envelope, device, now - 86_400_000);  // one of the two clocks is wrong
});

test('no private key of a device can be read out', async () => {
  const device = await seal.generateDevice();
  for (const key of [device.signing, device.opening])
    for (const format of ['pkcs8', 'jwk'])
      await assert.rejects(crypto.subtle.exportKey(format, key), /not extractable/);
});

test('every language has every word, with the same places to fill in', () => {
  const places = (words) => [...words.matchAll(/{\w+}/g)].map(String).sort().join();
  const folder = join(project, 'lib/relay/language');
  const read = (name) => {
    const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
    return lines.map((line) => line.split(/ (.*)/));
  };
  const english = read('en.txt');
  assert.equal(new Set(english.map(([key]) => key)).size, english.length);
  for (const name of readdirSync(folder)) {
    const lines = read(name);
    assert.deepEqual(lines.map(([key]) => key), english.map(([key]) => key), name);
    lines.forEach(([key, words], i) => {
      assert.ok(words, `${name}: ${key}`);
      assert.equal(places(words), places(english[i][1]), `${name}: ${key}`);
    });
  }
});
