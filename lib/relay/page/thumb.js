// Nothing moves under a thumb: the page does not change while a finger is down, what could be tapped
// stays where it was, and a tap that was aimed at what stood there a moment before does nothing.
const AIM_MS = 400;
const TAPPED = 'a, button, input, select, summary';

let isDown = false;
let waiting;      // what is drawn when the finger is lifted
let before = [];  // {id, top, right, bottom, left}: what could be tapped before the last change
let changedAt = -AIM_MS;

// Draws now, or when no finger is down.
export function drawUnderThumb(draw) {
  waiting = draw;
  if (!isDown) drawWaiting();
}

function drawWaiting() {
  waiting?.();
  waiting = undefined;
}

function onUp() {
  isDown = false;
  setTimeout(drawWaiting, 60);  // after the click
}

// Makes `change` to `main`, and scrolls so that the first thing of a card that can be tapped, and
// that is there before and afterwards, keeps its place on the screen.
export function changeInPlace(main, change) {
  before = [...main.querySelectorAll(TAPPED)].map(placeOf).filter(isOnScreen);
  changedAt = performance.now();
  const cards = before.filter(({isOfCard}) => isOfCard);
  main.style.paddingBottom = '';
  change();
  const kept = cards.find(({id}) => document.getElementById(id));
  if (kept) keepAt(main, document.getElementById(kept.id), kept.top);
}

function placeOf(element) {
  const {top, right, bottom, left} = element.getBoundingClientRect();
  return {id: element.id, isOfCard: Boolean(element.closest('article')), top, right, bottom, left};
}

function isOnScreen({top, bottom, left, right}) {
  return bottom > 0 && top < innerHeight && right > left;
}

// Where there is too little below to scroll as far, there is room added.
function keepAt(main, element, top) {
  const by = element.getBoundingClientRect().top - top;
  const {scrollHeight} = document.documentElement;
  const lacking = by - (scrollHeight - innerHeight - scrollY);
  if (lacking > 0) main.style.paddingBottom = `${Math.ceil(lacking)}px`;
  scrollBy({top: by, behavior: 'instant'});
}

function onClick(event) {
  const isOfThumb = event.detail > 0;  // a key was not aimed at a place
  if (!isOfThumb || !event.target.closest('main') || performance.now() - changedAt > AIM_MS) return;
  const {clientX: x, clientY: y} = event;
  const aimed = before.find(
    ({top, right, bottom, left}) => x >= left && x <= right && y >= top && y <= bottom);
  if (!aimed || aimed.id === event.target.closest(TAPPED)?.id) return;
  event.preventDefault();
  event.stopPropagation();
}

addEventListener('pointerdown', () => { isDown = true; }, {capture: true});
addEventListener('pointerup', onUp, {capture: true});
addEventListener('pointercancel', onUp, {capture: true});
addEventListener('click', onClick, {capture: true});
