// The life of the page: it enrols, waits to be accepted, and then shows what comes.
import * as alarm from './alarm.js';
import {isSame, Refused} from './bytes.js';
import * as inbox from './inbox.js';
import {learn} from './language.js';
import * as lock from './lock.js';
import {generateDevice} from './seal.js';
import * as store from './store.js';
import {comeIntoSight, keepInSight, render, renderBar} from './view.js';
import * as wire from './wire.js';

const WAIT_SECONDS = 50;  // home routers forget a quiet connection after a minute
const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const REDRAW_MS = 30_000;
const UNDO_MS = 8000;
const STALLED_MS = 4000;

// What is shown. It may also have the `device`, the `invitation`, the answer to `undo` and the kind of
// `lock`; `trouble` is a fault of the connection or the storage, `fault` one of the last action (after
// a wrong PIN with `retryAt`): both are keys of words, and so is that of a last `screen`: no other
// follows it. And whether it isSubscribed, hasRung, isLocked, isWaitedFor, mayHavePasskey.
const state = {incidents: [], settings: {}, fresh: new Set()};
const windows = new BroadcastChannel('tocsin');  // the other windows of this page
let hiddenAt = 0;

// Drawings follow one another, so that what was drawn last is the newest.
let drawing = Promise.resolve();
function show() {
  drawing = drawing.catch(() => {}).then(draw);
  return drawing;
}

async function draw() {
  try {
    state.settings = await store.settings();
    state.lock = await lock.kind();  // another window may have changed it
    if (!state.lock) state.isLocked = false;
    await inbox.forget(state.settings.contact);
    state.isWaitedFor = state.isLocked && await inbox.isWaitedFor();
    const showsIncidents = state.device && !state.isLocked && !state.screen;
    state.incidents = showsIncidents ? await inbox.incidents(state.device) : [];
    for (const {messages} of state.incidents)
      for (const {id, seen} of messages) if (!seen) state.fresh.add(id);
    if (!mayUndo()) state.undo = undefined;
  } catch (error) {
    state.trouble = reasonOf(error, 'broken');
  }
  render(state, actions);
  replySeen().catch(console.error);
}

async function replySeen() {
  const seen = comeIntoSight(state);
  for (const message of seen) await inbox.reply(state.device, message, 'seen');
  if (seen.length > 0) await inbox.sendOutbox(state.device);
}

// Sends what was said once it is shown: a network that stalls must not hide that it was said.
async function send() {
  await inbox.sendOutbox(state.device).catch(console.info);
  windows.postMessage('changed');
  connectNow();
  await show();
}

// Not when the person has said something else, or the coordinator something that changes it.
function mayUndo() {
  const {undo, incidents} = state;
  const incident = incidents.find(({id, stand}) => id === undo?.id && stand !== 'over');
  const {head, answered} = incident ?? {};
  const isNew = head?.id !== undo?.head.id && ['request', 'stand_down'].includes(head?.notice.kind);
  return answered?.answer === undo?.answer && !isNew;
}

// The key of the words for a fault; `refused` when it was something that is refused.
function reasonOf(error, refused) {
  console.info(error);
  if (error instanceof Refused) return refused;
  if (error instanceof DOMException) return 'broken';  // the storage is full, or gone
  return 'offline';
}

// Ends this device. Whatever runs is stopped first, also in other windows: after the wipe it would
// keep things again.
async function end(screen) {
  Object.assign(state, {screen, fault: '', device: undefined, isLocked: false});
  windows.postMessage('gone');
  connectNow();
  await store.wipe();
  return show();
}

const actions = {
  async join(code) {
    state.invitation = await wire.readInvitation(code);
    const chosen = await language();
    if (chosen) await learn(chosen);
  },
  async speak(code) {
    await store.keepSettings({language: code});
    await learn(code);
  },
  enrol() {
    // Under a lock, so that a second tap makes no second device.
    return navigator.locks.request('enrol', enrolDevice);
  },
  async reply({id, head, answered}, answer, when) {
    // A time that has passed while its reader looked at it, or was mistyped.
    if (when <= wire.now()) throw new Refused('passed');
    // Nothing takes an arrival back: the hospital would count the person out.
    for (const choices of document.querySelectorAll('.buttons details')) choices.open = false;
    const previous = answered?.isTakenBack ? undefined : answered;
    await inbox.reply(state.device, head, answer, when);
    offerUndo(answer === 'arrived' ? undefined : {id, head, answer, previous});
    show().then(() => keepInSight(id));
    send();
  },
  // Says again what was said before. Where that was nothing, the answer that counts is "no" until
  // the person has chosen another, and the page asks them again.
  async undo() {
    const {head, answer, previous} = state.undo;
    state.undo = undefined;
    if (previous) {
      await inbox.reply(state.device, head, previous.answer, previous.when);
    } else {
      if (answer !== 'no') await inbox.reply(state.device, head, 'no');
      await inbox.takeBack(head);
    }
    send();
  },
  dismiss() {
    return store.keepSettings({refused: 0});
  },
  async test() {
    alarm.allowSound().then(() => alarm.ring('urgent')).catch(console.info);
    if (alarm.permission() === 'default') await Notification.requestPermission();
    await alarm.showNotification('urgent');
    await store.keepSettings({tested: true});
    state.hasRung = true;
    await subscribe();
  },
  setPin: lock.setPin,
  async setPasskey() {
    await lock.setPasskey().catch(() => {});  // the person changed their mind
  },
  removeLock: lock.remove,
  async unlockByPin(pin) {
    const waitSeconds = await lock.tryPin(pin);
    state.retryAt = wire.now() + waitSeconds * 1000;
    state.isLocked = waitSeconds > 0;
    if (state.isLocked) state.fault = 'pin_wrong';
  },
  async unlockByPasskey() {
    state.isLocked = !await lock.tryPasskey().catch(() => false);
  },
  remove() {
    return end('gone');
  }
};

// Whatever an action does, its fault is shown, and the other windows show what it changed.
function withFault(name, action) {
  return async (...values) => {
    state.fault = '';
    try {
      await action(...values);
    } catch (error) {
      state.fault = reasonOf(error, `not_${name}`);
    }
    windows.postMessage('changed');
    await show();
  };
}
for (const [name, action] of Object.entries(actions)) actions[name] = withFault(name, action);

function offerUndo(undo) {
  state.undo = undo;
  setTimeout(() => {
    if (state.undo !== undo) return;
    state.undo = undefined;
    show();
  }, UNDO_MS);
}

async function enrolDevice() {
  navigator.storage?.persist?.();
  const {invitation} = state;
  if (!invitation) return;
  // The keys are kept before they are sent: after a lost connection the next try uses them again.
  const isKept = state.device && isSame(state.device.invitation, invitation.key.identity);
  if (!isKept) {
    state.device = await wire.newDevice(invitation);
    await store.keepDevice(state.device);
  }
  await wire.sendEnrolment(invitation, state.device);
  state.device.list ??= 0;  // on none yet
  await store.keepDevice(state.device);
  state.invitation = undefined;
  listen();
}

async function subscribe() {
  try {
    state.isSubscribed = await wire.subscribe(state.device);
  } catch (error) {
    console.info(error);  // no connection, or no push service
  }
  await show();
}

// What is heard while the page is in sight is not put on top of it as well.
async function notify(urgency) {
  if (!alarm.ring(urgency) || document.hidden) await alarm.showNotification(urgency);
}

// The language that was chosen here, or else the one that the organisation has for the person.
async function language() {
  const {language: chosen} = await store.settings();
  return chosen ?? (state.invitation ?? state.device)?.greeting?.language;
}

let polling;  // the AbortController of the poll that runs
let endPause = () => {};

// Polls again at once. A poll that runs may have lost its connection while the device slept.
function connectNow() {
  polling?.abort();
  endPause();
}

function pauseFor(milliseconds) {
  return new Promise((resolve) => {
    endPause = resolve;
    setTimeout(resolve, milliseconds);
  });
}

// One window listens at a time, and tells the others what has changed.
function listen() {
  return navigator.locks.request('mailbox', listenAlone);
}

async function listenAlone() {
  let waitSeconds = 0;
  let pause = SHORTEST_PAUSE_MS;
  while (state.device) {
    const began = Date.now();
    const outcomes = [];
    let trouble = '';
    polling = new AbortController();
    try {
      const isSameDevice = await exchange(waitSeconds, polling.signal, outcomes);
      if (!isSameDevice) continue;
    } catch (error) {
      trouble = reasonOf(error, 'refused');  // and it goes on: a device must not go deaf
    }
    if (outcomes.includes('revoked')) {
      // A device that was never on the list had an invitation that is not accepted.
      await end(state.device.list ? 'gone' : 'unused');
      return;
    }
    const isTooQuick =
      outcomes.length === 0 && waitSeconds > 0 && Date.now() - began < SHORTEST_PAUSE_MS;
    const isVain = trouble || isTooQuick || outcomes.some((outcome) => !isMessage(outcome));
    waitSeconds = trouble ? 0 : WAIT_SECONDS;
    if (trouble && polling.signal.aborted && outcomes.length === 0) continue;
    await tellOf(outcomes, trouble);
    // It rests when the relay gives the same again, or nothing at once. For a random time: when a
    // relay comes back, its devices do not all ask in the same moment.
    if (isVain) await pauseFor(Math.random() * pause);
    pause = isVain ? Math.min(2 * pause, LONGEST_PAUSE_MS) : SHORTEST_PAUSE_MS;
  }
}

const isMessage = (outcome) => outcome === 'urgent' || outcome === 'routine';

// Sends what waits to be sent, and takes in what the relay has: `outcomes` gets what each envelope
// was. False when another window has made this browser another device meanwhile.
async function exchange(waitSeconds, signal, outcomes) {
  // When something cannot be sent, or not soon, what comes is taken in all the same.
  const unsent = await Promise.race([
    inbox.sendOutbox(state.device).catch((error) => error),
    new Promise((resolve) => { setTimeout(resolve, STALLED_MS, new Error('offline')); })
  ]);
  const {identity} = state.device;
  const {envelopes, cursor, at} = await wire.poll(state.device, unsent ? 0 : waitSeconds, signal);
  state.device = await store.device();
  if (!isSame(state.device?.identity ?? [], identity)) return false;
  for (const envelope of envelopes) outcomes.push(await inbox.takeIn(envelope, state.device, at));
  if (cursor) await wire.acknowledge(state.device, cursor);
  await store.keepSettings({contact: at, ahead: wire.ahead});
  if (unsent) throw unsent;
  return true;
}

async function tellOf(outcomes, trouble) {
  state.trouble = trouble;
  windows.postMessage('changed');
  await show().catch(console.error);
  const urgency = ['urgent', 'routine'].find((kind) => outcomes.includes(kind));
  if (urgency) notify(urgency).catch(console.error);
  if (outcomes.includes('accepted')) subscribe();
}

function onVisibilityChange() {
  if (document.hidden) {
    hiddenAt = Date.now();
    state.fresh.clear();  // what was shown is old when the reader comes back
    return;
  }
  if (state.lock && Date.now() - hiddenAt >= lock.AWAY_MS) state.isLocked = true;
  connectNow();
  show();
}

async function onOtherWindow({data}) {
  if (data === 'gone') {
    state.device = undefined;
    location.reload();
    return;
  }
  await recall();
  await show();
}

async function recall() {
  state.device = await store.device();
  const {ahead} = await store.settings();
  wire.setAhead(ahead);
}

function onMove() {
  renderBar(state, actions);
  replySeen().catch(console.error);
}

async function start() {
  document.addEventListener('visibilitychange', onVisibilityChange);
  addEventListener('online', connectNow);
  addEventListener('hashchange', () => location.reload());  // another invitation
  windows.onmessage = onOtherWindow;
  for (const change of ['scroll', 'resize']) addEventListener(change, onMove, {passive: true});
  // Times move on, and messages delete themselves.
  setInterval(show, REDRAW_MS);

  try {
    await recall();
    state.isLocked = Boolean(await lock.kind());
    state.mayHavePasskey = await lock.mayHavePasskey();
    await generateDevice();  // throws where a curve is missing
  } catch {
    state.screen = 'unsupported';
  }
  await learn(await language().catch(() => undefined));
  // The invitation is a secret: it leaves the address bar and the history before anything else.
  const code = location.hash.slice(1);
  if (code) history.replaceState(null, '', location.pathname);
  const isOnTheList = state.device?.list > 0;
  if (code && !isOnTheList) await actions.join(code);
  else await show();
  const isEnrolled = state.device?.list !== undefined;
  if (isEnrolled && !state.invitation) listen();

  const registration = await navigator.serviceWorker?.register('/worker.js');
  if (!state.screen) registration?.active?.postMessage('refresh');
  await subscribe();
}

start();
