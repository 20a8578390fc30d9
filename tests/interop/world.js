// A coordinator's home, a relay and a driver, all of them the real program (TOCSIN_PROGRAM), on
// loopback and in a folder of their own.
import {execFile, spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {promisify} from 'node:util';

const run = promisify(execFile);
const PATIENCE = 20_000;

const STAFF = `Employee Number,Full Name,Staff Group,Job Role,Area of Work,Skills,Travel,Phone
100001,Ana Bell,Nursing,Staff Nurse,ward-1,nurse,20,07700 900001
100002,Ben Moss,Nursing,Staff Nurse,ward-1,nurse,10,07700 900002
`;

const PLAYBOOK = `format: 1
id: small
title: Small incident
revision: "1"
site: {code: RX1RA, name: St Elsewhere}
shifts:
  - {id: response, title: Response, from: 0, until: 8h}
  - {id: relief, title: Relief, from: 8h, until: 16h}
areas:
  - id: resus
    title: Resus
    priority: 1
    report_to: Red doors, ground floor
    lead: nurse
    posts:
      - {role: nurse, skills: [nurse], need: {response: 1 by 60min, relief: 1 by 9h}}
cascade:
  channels: [relay]
  answer_window: {default: 60min}
  reminders: 0
`;

// A program that goes on: its lines as they come.
class Running {
  constructor(program, words) {
    this.child = spawn(program, words, {stdio: ['ignore', 'pipe', 'inherit']});
    this.lines = [];
    this.waiting = [];
    createInterface({input: this.child.stdout}).on('line', (line) => {
      this.lines.push(line);
      this.waiting = this.waiting.filter((look) => !look());
    });
  }
  // The first line, past or to come, that has `text`.
  line(text) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`no line with "${text}" in:\n${this.lines.join('\n')}`));
      }, PATIENCE);
      const look = () => {
        const found = this.lines.find((line) => line.includes(text));
        if (found !== undefined) {
          clearTimeout(timer);
          resolve(found);
        }
        return found !== undefined;
      };
      if (!look()) this.waiting.push(look);
    });
  }
  async stop() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => {
      this.child.once('exit', resolve);
    });
    this.child.kill('SIGTERM');
    await gone;
  }
}

export class World {
  static async start() {
    const world = new World();
    world.program = process.env.TOCSIN_PROGRAM;
    world.folder = mkdtempSync(join(tmpdir(), 'tocsin-interop-'));
    writeFileSync(join(world.folder, 'staff.csv'), STAFF);
    writeFileSync(join(world.folder, 'small.yaml'), PLAYBOOK);
    await world.tocsin(
        'init', '--organisation', 'St Elsewhere', '--coordinator', 'Dr A. Okafor',
        '--no-passphrase');
    await world.tocsin('staff', 'import', join(world.folder, 'staff.csv'));
    world.relay = new Running(world.program, [...world.home(), 'relay', '--listen', '127.0.0.1:0']);
    // By name: browsers give no passkey to a bare address.
    world.url =
        (await world.relay.line('http://')).match(/http:\S+/)[0].replace('127.0.0.1', 'localhost');
    const settings = join(world.folder, 'trust/tocsin.yaml');
    writeFileSync(
        settings,
        readFileSync(settings, 'utf8')
            .replace(
                'channels:\n  - phone',
                `relay:\n  url: ${world.url}\nchannels:\n  - relay\n  - phone`));
    return world;
  }
  home(name = 'trust') {
    return ['--home', join(this.folder, name)];
  }
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
  async declare(...flags) {
    await this.tocsin('declare', join(this.folder, 'small.yaml'), ...flags, '--reason', 'test');
    this.driver = new Running(this.program, [...this.home(), 'run', '--json']);
  }
  async stop() {
    await this.driver?.stop();
    await this.relay?.stop();
    rmSync(this.folder, {recursive: true, force: true});
  }
}
