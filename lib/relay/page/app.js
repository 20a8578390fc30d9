// The page's life: enrol, wait to be accepted, then listen and show.
import {isSame, Refused} from './bytes.js';
import * as enrol from './enrol.js';
import * as inbox from './inbox.js';
import {learn} from './language.js';
import * as lock from './lock.js';
import {generateDevice} from './seal.js';
import * as store from './store.js';
import {render} from './view.js';
import * as wire from './wire.js';

const WAIT_SECONDS = 50;  // home routers forget a quiet connection after a minute
const SHORTEST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

const state = {incidents: [], settings: {}};
const channel = new BroadcastChannel('tocsin');
let wake = () => {};
let poll;
let hiddenAt = 0;

// One after the other: what is drawn last is newest.
let drawing = Promise.resolve();
const show = () => drawing = drawing.catch(() => {}).then(draw);

async function draw() {
  try {
    state.settings = await store.settings();
    state.lock = await lock.kind();  // maybe by another window
    state.isLocked &&= state.lock;
    await inbox.forget();
    const isOpen = state.device && !state.isLocked && !state.screen;
    state.incidents = isOpen ? await inbox.incidents(state.device) : [];
  } catch (error) {
    state.trouble = reasonOf(error, 'broken');
  }
  render(state, actions);
  if (!document.hidden) sayTheyWereSeen().catch(console.error);
}

async function sayTheyWereSeen() {
  for (const letter of state.incidents.flatMap(({letters}) => letters))
    if (!letter.seen) await inbox.answer(state.device, letter, 'seen');
}

// A poll may have died in its sleep.
function hurry() {
  poll?.abort();
  wake();
}

// Nothing that still runs keeps things again, here or in another window.
async function end(fault) {
  Object.assign(state, {screen: 'gone', fault, device: undefined, isLocked: false});
  channel.postMessage('gone');
  hurry();
  await store.wipe();
  return show();
}

function reasonOf(error, refused) {
  console.info(error);
  if (error instanceof Refused) return refused;
  if (error instanceof DOMException) return 'broken';  // its storage is full, or gone
  return error.message === 'clock' ? 'clock' : 'offline';
}

const actions = {
  join: async (code) => { state.invitation = await enrol.readInvitation(code); },
  // A second tap makes no second device.
  enrol: () => navigator.locks.request('enrol', async () => {
    navigator.storage?.persist?.();
    const {invitation} = state;
    if (!invitation) return;
    // Kept before it is sent: a second try after a lost connection goes on with the same keys.
    if (!state.device || !isSame(state.device.invitation, invitation.key.identity))
      await store.keepDevice(state.device = await enrol.newDevice(invitation));
    await enrol.sendEnrolment(invitation, state.device);
    state.device.list ??= 0;  // none yet
    await store.keepDevice(state.device);
    state.invitation = undefined;
    listen();
  }),
  answer: (...what) => inbox.answer(state.device, ...what).finally(hurry),
  dismiss: () => store.keepSettings({refused: 0}),
  notify: () => Notification.requestPermission().then(beWoken),
  setPin: lock.setPin,
  setPasskey: () => lock.setPasskey().catch(() => {}),  // who asked for it may let it be
  removeLock: lock.remove,
  async unlock(pin) {
    const wait = await (pin ? lock.tryPin(pin) : lock.tryPasskey().catch(() => NaN));
    Object.assign(state, {wait, fault: wait && 'pin_wrong', isLocked: wait !== 0});
  },
  remove: end
};
for (const [name, action] of Object.entries(actions))
  actions[name] = async (...values) => {
    state.fault = '';
    await action(...values).catch((error) => { state.fault = reasonOf(error, `not_${name}`); });
    channel.postMessage('changed');
    await show();
  };

// There may be no connection or push service.
const beWoken = () => enrol.subscribe(state.device).catch(console.info);

async function announce() {
  navigator.vibrate?.([400, 200, 400]);
  if (!document.hidden || window.Notification?.permission !== 'granted') return;
  const registration = await navigator.serviceWorker.ready;
  await registration.showNotification(
    document.title, {tag: 'tocsin', renotify: true, icon: '/icon.svg'});
}

// One tab at a time; the others hear of changes from it.
const listen = () => navigator.locks.request('mailbox', async () => {
  for (let wait = 0, pause = SHORTEST_PAUSE; state.device;) {
    poll = new AbortController();
    let trouble = '';
    const came = [];
    const began = Date.now();
    try {
      // What cannot be sent keeps nothing out that comes.
      const unsent = await inbox.sendOutbox(state.device).catch((error) => error);
      const {identity} = state.device;
      const {envelopes, cursor} = await wire.poll(state.device, unsent ? 0 : wait, poll.signal);
      state.device = await store.device();  // of another window perhaps, and this was not for it
      if (!isSame(state.device?.identity ?? [], identity)) continue;
      for (const envelope of envelopes) came.push(await inbox.takeIn(envelope, state.device));
      if (cursor) await wire.acknowledge(state.device, cursor);
      await store.keepSettings({contact: Date.now()});
      if (unsent) throw unsent;
    } catch (error) {
      // Whatever it was, it goes on: a telephone must not go deaf.
      trouble = reasonOf(error, 'refused');
    }
    if (came.includes('struck off')) return void await end(!state.device.list && 'not_enrol');
    const isVain = trouble || came.some((what) => what !== 'letter') ||
      (came.length === 0 && wait > 0 && Date.now() - began < SHORTEST_PAUSE);
    wait = trouble ? 0 : WAIT_SECONDS;
    if (trouble && poll.signal.aborted && came.length === 0) continue;
    state.trouble = trouble;
    channel.postMessage('changed');
    await show().catch(console.error);
    if (came.includes('letter')) announce().catch(console.error);
    if (came.includes('accepted')) beWoken();
    // A rest, also from a relay that gives the same again, or nothing at once. At random: one that
    // comes back is not met by everybody.
    if (isVain)
      await new Promise((resolve) => {
        wake = resolve;
        setTimeout(resolve, Math.random() * pause);
      });
    pause = isVain ? Math.min(2 * pause, LONGEST_PAUSE) : SHORTEST_PAUSE;
  }
});

function onVisible() {
  if (document.hidden) return void (hiddenAt = Date.now());
  state.isLocked ||= state.lock && Date.now() - hiddenAt >= lock.AWAY_MS;
  hurry();
  return show();
}

async function start() {
  document.addEventListener('visibilitychange', onVisible);
  addEventListener('online', hurry);
  addEventListener('hashchange', () => location.reload());  // another invitation
  channel.onmessage = async ({data}) => {
    if (data === 'gone') {
      state.device = undefined;
      return location.reload();
    }
    state.device = await store.device();
    return show();
  };
  setInterval(show, 30_000);  // times move on, and messages delete themselves

  try {
    state.device = await store.device();
    state.isLocked = await lock.kind();
    state.mayHavePasskey = await lock.mayHavePasskey();
    await generateDevice();
  } catch {
    state.screen = 'unsupported';
  }
  await learn();
  // The code is a secret: it leaves the address bar and the history before anything else.
  const code = location.hash.slice(1);
  if (code) history.replaceState(null, '', location.pathname);
  if (code && !state.device?.list) await actions.join(code);
  else await show();
  if (state.device?.list >= 0 && !state.invitation) listen();

  const registration = await navigator.serviceWorker?.register('/worker.js');
  if (!state.screen) registration?.active?.postMessage('refresh');
  beWoken();
}

start();
