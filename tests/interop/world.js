// A coordinator's home, a relay and a driver in a folder of their own, over loopback. All are the
// real program, which TOCSIN_PROGRAM names.
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {promisify} from 'node:util';

import {project} from './modules.js';

const run = promisify(execFile);
const PATIENCE_MS = 20_000;

const shared = (name) => readFileSync(join(project, 'tests/playbooks', name), 'utf8');

// A program that goes on running, and the lines that it prints.
class Running {
  constructor(program, words) {
    this.child = spawn(program, words, {stdio: ['ignore', 'pipe', 'inherit']});
    this.lines = [];
    this.waits = [];  // {text, resolve}: who waits for a line with this text
    createInterface({input: this.child.stdout}).on('line', (line) => this.take(line));
  }

  take(line) {
    this.lines.push(line);
    for (const {text, resolve} of this.waits)
      if (line.includes(text)) resolve(line);
  }

  // The first line with this text, after so many lines. Waits for one when none has come yet.
  async line(text, after = 0) {
    const past = this.lines.slice(after).find((line) => line.includes(text));
    if (past !== undefined) return past;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`no line with "${text}" in:\n${this.lines.join('\n')}`));
      }, PATIENCE_MS);
      const finish = (line) => {
        clearTimeout(timer);
        resolve(line);
      };
      this.waits.push({text, resolve: finish});
    });
  }

  async stop() {
    const hasEnded = this.child.exitCode !== null || this.child.signalCode !== null;
    if (hasEnded) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}

export class World {
  static async start(staff = shared('nurses.csv')) {
    const world = new World();
    world.drivers = [];  // of every incident; world.driver has the newest one's
    world.program = process.env.TOCSIN_PROGRAM;
    world.folder = mkdtempSync(join(tmpdir(), 'tocsin-interop-'));
    writeFileSync(join(world.folder, 'staff.csv'), staff);
    writeFileSync(join(world.folder, 'small.yaml'), shared('nurses.yaml'));
    await world.tocsin(
      'init', '--organisation', 'St Elsewhere', '--coordinator', 'Dr A. Okafor', '--no-passphrase');
    await world.tocsin('staff', 'import', join(world.folder, 'staff.csv'));
    world.relay = new Running(world.program, [...world.home(), 'relay', '--listen', '127.0.0.1:0']);
    const line = await world.relay.line('http://');
    // By name: browsers give no passkey to a bare address.
    world.url = line.match(/http:\S+/)[0].replace('127.0.0.1', 'localhost');
    world.changeSettings(
      'channels:\n  - phone', `relay:\n  url: ${world.url}\nchannels:\n  - relay\n  - phone`);
    return world;
  }

  changeSettings(from, to) {
    const path = join(this.folder, 'trust/tocsin.yaml');
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  }

  home(name = 'trust') {
    return ['--home', join(this.folder, name)];
  }

  // Runs one command in the home of this name.
  async at(name, ...words) {
    const {stdout} = await run(this.program, [...this.home(name), ...words]);
    return stdout;
  }

  async tocsin(...words) {
    return this.at('trust', ...words);
  }

  async json(...words) {
    return JSON.parse(await this.tocsin(...words, '--json'));
  }

  // Returns what was declared. The driver is told which incident: the one before may still be about
  // to close.
  async declare(...flags) {
    const declared = await this.json(
      'declare', join(this.folder, 'small.yaml'), ...flags, '--reason', 'test');
    const words = ['run', '--incident', declared.incident, '--json'];
    this.driver = new Running(this.program, [...this.home(), ...words]);
    this.driver.incident = declared.incident;
    this.drivers.push(this.driver);
    return declared;
  }

  async stop() {
    for (const driver of this.drivers) await driver.stop();
    await this.relay?.stop();
    rmSync(this.folder, {recursive: true, force: true});
  }
}
