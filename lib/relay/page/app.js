// The page's life: enrol, wait to be accepted, then listen and show. Everything that is decided is
// decided elsewhere; this says when.
import {isSame, Refused} from './bytes.js';
import * as enrol from './enrol.js';
import * as inbox from './inbox.js';
import {choose} from './language.js';
import * as lock from './lock.js';
import {subscribe} from './push.js';
import * as store from './store.js';
import * as view from './view.js';
import {OutOfReach} from './wire.js';

const WAIT_SECONDS = 50;  // home routers forget a quiet connection after a minute
const SHORTEST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

const state = {
  screen: 'inbox', device: undefined, invitation: undefined, incidents: [], settings: {}, fault: [],
  trouble: '', isLocked: false, hasPin: false, open: {}
};
const channel = new BroadcastChannel('tocsin');
let wake = () => {};
let poll;
let hiddenAt = 0;

// One after the other, so that what is drawn last is what is newest.
let drawing = Promise.resolve();
function show() {
  const drawn = drawing.then(draw);
  drawing = drawn.catch(() => {});
  return drawn;
}

async function draw() {
  state.settings = await store.settings().catch(() => ({}));
  const isOpen = state.device && !state.isLocked && state.screen === 'inbox';
  state.incidents = isOpen ? inbox.incidents(await inbox.letters(state.device)) : [];
  view.render(state, actions);
  if (!state.isLocked && !document.hidden) sayTheyWereSeen();
}

// The coordinators learn that a message was seen. What cannot be sent now is sent later.
async function sayTheyWereSeen() {
  for (const letter of state.incidents.flatMap(({letters}) => letters))
    if (!letter.seen) {
      letter.seen = true;
      await inbox.answer(state.device, letter, 'seen').catch(() => {});
    }
}

async function end(screen) {
  // First, so that nothing that still runs begins to keep things again.
  Object.assign(state, {screen, device: undefined, incidents: [], isLocked: false});
  poll?.abort();
  await store.wipe();
  view.render(state, actions);
}

async function read(code) {
  const invitation = await enrol.readInvitation(code);
  const {origin, host} = new URL(invitation.relay);
  if (origin !== location.origin)
    state.fault = ['other_host', {host}];
  else if (Date.now() >= invitation.expires)
    state.fault = ['expired', {at: invitation.expires}];
  else
    Object.assign(state, {invitation, fault: []});
}

// What a person can do. Each is followed by drawing anew.
const actions = {
  readCode: (code) => read(code).catch(() => { state.fault = ['bad_code']; }),
  async enrol(name) {
    navigator.storage?.persist?.();
    // Kept before it is sent: a second try after a lost connection goes on with the same keys.
    const {device, invitation} = state;
    const isSecondTry = device && isSame(device.organisation, invitation.organisation) &&
      device.person === invitation.person;
    if (!isSecondTry) state.device = await enrol.newDevice(invitation, name);
    await store.keepDevice(state.device);
    try {
      await enrol.sendEnrolment(invitation, state.device);
      Object.assign(state, {invitation: undefined, fault: []});
      listen();
    } catch (error) {
      state.fault = [error instanceof Refused ? 'not_served' : 'not_yet'];
    }
  },
  async answer(letter, what, when) {
    state.open = {};
    try {
      await inbox.answer(state.device, letter, what, when);
    } catch (error) {
      if (!(error instanceof OutOfReach)) throw error;
    }
    channel.postMessage('changed');
  },
  toggle(id, panel) {
    state.open = state.open.id === id && state.open.panel === panel ? {} : {id, panel};
  },
  dismiss: () => store.keepSettings({refused: 0}),
  async setLanguage(language) {
    await store.keepSettings({language});
    await choose(language);
  },
  async notify() {
    await Notification.requestPermission();
    await beWoken();
  },
  async setPin(pin) {
    await (pin ? lock.setPin(pin) : lock.removePin());
    state.hasPin = Boolean(pin);
  },
  async unlock(pin) {
    const n = await lock.tryPin(pin);
    state.fault = n ? ['pin_wrong', {n}] : [];
    state.isLocked = n > 0;
  },
  remove: () => end('removed'),
};
for (const [name, act] of Object.entries(actions))
  actions[name] = async (...values) => {
    await act(...values);
    if (state.screen === 'inbox') await show();
  };

// Tried again whenever the page is opened: there may be no connection, or no push service at all.
const beWoken = () => subscribe(state.device).catch((error) => console.info(error.message));

async function announce() {
  navigator.vibrate?.([400, 200, 400]);
  if (!document.hidden) return;
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration && Notification.permission === 'granted')
    await registration.showNotification(
      document.title, {tag: 'tocsin', renotify: true, icon: '/icon.svg'});
}

// One tab at a time; the others hear of changes from it.
function listen() {
  navigator.locks.request('mailbox', async () => {
    let pause = SHORTEST_PAUSE;
    for (let wait = 0; state.device;) {
      poll = new AbortController();
      try {
        await inbox.sendOutbox(state.device);
        const came = await inbox.fetchLetters(state.device, wait, poll.signal);
        await store.keepSettings({contact: Date.now()});
        const isNews = came.length > 0 || state.trouble !== '' || wait === 0;
        [wait, pause, state.trouble] = [WAIT_SECONDS, SHORTEST_PAUSE, ''];
        if (isNews) {
          channel.postMessage('changed');
          await show();
        }
        if (came.includes('letter')) await announce();
        if (came.includes('accepted')) beWoken();
      } catch (error) {
        if (error instanceof inbox.Revoked) {
          channel.postMessage('gone');
          return end('gone');
        }
        if (!state.device) return undefined;
        wait = 0;
        if (poll.signal.aborted) continue;
        const isExpected = error instanceof OutOfReach || error instanceof Refused;
        if (!isExpected) console.error(error);  // and go on: a telephone must not go deaf
        const trouble = isExpected ? error.message : 'offline';
        if (trouble !== state.trouble) {
          state.trouble = trouble;
          await show();
        }
        // Drawn at random, so that a relay that comes back is not met by everybody at once.
        await new Promise((resolve) => {
          wake = resolve;
          setTimeout(resolve, Math.random() * pause);
        });
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    }
    return undefined;
  });
}

function onVisible() {
  if (document.hidden) {
    hiddenAt = Date.now();
    return;
  }
  state.isLocked ||= state.hasPin && Date.now() - hiddenAt >= lock.AWAY_MS;
  // A poll that slept with the telephone may be dead without knowing.
  poll?.abort();
  wake();
  show();
}

async function start() {
  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('online', () => wake());
  window.addEventListener('hashchange', () => location.reload());  // another invitation
  channel.onmessage = async ({data}) => {
    if (data === 'gone') return location.reload();
    state.device = await store.device();
    return show();
  };
  setInterval(() => state.device && !document.hidden && show(), 30_000);  // times, and what expires

  try {
    state.device = await store.device();
    await choose((await store.settings()).language);
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    await crypto.subtle.generateKey('X25519', false, ['deriveBits']);
    state.hasPin = state.isLocked = await lock.isSet();
  } catch {
    await choose();
    state.screen = 'unsupported';
    return view.render(state, actions);
  }
  // The code is a secret: it leaves the address bar and the history before anything else.
  const code = location.hash.slice(1).replace('%3A', ':');
  if (code) history.replaceState(null, '', location.pathname);
  if (code && !state.device?.accepted)
    await actions.readCode(code);
  else
    await show();
  if (state.device && !state.invitation) listen();

  const registration = await navigator.serviceWorker?.register('/worker.js');
  if (state.screen === 'inbox') registration?.active?.postMessage('refresh');
  beWoken();
  return undefined;
}

start();
