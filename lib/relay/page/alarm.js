// How this device makes itself heard, as far as the platform allows it: a sound once the page was
// touched, the motor, and a notification that says nothing of the message.
let sound;  // an AudioContext; browsers let a page make no sound before its first touch

// Resolves when there may be sound; call it when the reader touches something.
export async function allowSound() {
  sound ??= window.AudioContext && new AudioContext();
  await sound?.resume();
}
for (const touch of ['pointerdown', 'keydown'])
  addEventListener(touch, () => allowSound().catch(console.info), {capture: true});

// An urgent call is long, in two tones; what is routine is one short tone.
const CALLS = {
  urgent: {tones: 12, seconds: 0.35, motor: [600, 200, 600, 200, 600, 200, 600]},
  routine: {tones: 1, seconds: 0.15, motor: [150]}
};

// `urgency` is 'urgent' or 'routine'. Whether there was a sound.
export function ring(urgency) {
  const {tones, seconds, motor} = CALLS[urgency];
  navigator.vibrate?.(motor);
  if (sound?.state !== 'running') return false;
  const volume = new GainNode(sound, {gain: 0.5});
  const tone = new OscillatorNode(sound, {type: 'square'});
  tone.connect(volume).connect(sound.destination);
  const begin = sound.currentTime;
  for (let i = 0; i < tones; ++i)
    tone.frequency.setValueAtTime(i % 2 ? 660 : 990, begin + i * seconds);
  tone.start(begin);
  tone.stop(begin + tones * seconds);
  return true;
}

// Resolves once it is shown, or at once where notifications are not allowed.
export async function showNotification(urgency) {
  if (window.Notification?.permission !== 'granted') return;
  const registration = await navigator.serviceWorker.ready;
  const isUrgent = urgency === 'urgent';
  await registration.showNotification(document.title, {
    tag: 'tocsin', renotify: true, icon: '/icon.png',
    requireInteraction: isUrgent, silent: !isUrgent
  });
}

// 'granted', 'denied', 'default', or 'missing' where the browser has none.
export function permission() {
  return window.Notification?.permission ?? 'missing';
}
