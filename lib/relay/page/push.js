// How the organisation may wake this browser: tocsin-enrolment(5), OFFER and SUBSCRIPTION. The
// browser's push service is told nothing but that there is something.
import {concat, fromBase64, isSame, text} from './bytes.js';
import {LIFE, tell} from './enrol.js';
import * as store from './store.js';

// Never asks: whoever has not allowed notifications is not subscribed. Says it to the organisation
// again after a while, which may have missed it. Rejects when there is no connection, or no push
// service behind this browser.
export async function subscribe(device) {
  const {pushManager} = await navigator.serviceWorker?.getRegistration() ?? {};
  if (!device?.pushKey || !pushManager || Notification.permission !== 'granted') return;
  let subscription = await pushManager.getSubscription();
  const key = subscription?.options.applicationServerKey;
  if (key && !isSame(new Uint8Array(key), device.pushKey)) {
    await subscription.unsubscribe();
    subscription = undefined;
  }
  subscription ??= await pushManager.subscribe(
    {userVisibleOnly: true, applicationServerKey: device.pushKey});
  const {endpoint, keys} = subscription.toJSON();
  const payload = concat([2], text(endpoint), fromBase64(keys.p256dh), fromBase64(keys.auth));
  const {told} = await store.settings();
  const now = Date.now();
  if (told && now < told.at + LIFE && isSame(told.payload, payload)) return;
  await tell(device, payload, device);
  await store.keepSettings({told: {at: now, payload}});
}
