// Holds the page against the table of what a card offers in tocsin-page(7).
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {pageModules, project} from './modules.js';

const {card, inbox} = await pageModules('card', 'inbox');
const MINUTE_MS = 60_000;
const ASKED_AT = Date.now() - 30 * MINUTE_MS;

// A message that was written so many minutes after the request, and what was answered to the request.
// An answer is sent at once, or later, or has not been sent.
function stood(kind, {
  after = 10, answer, answeredAfter = 5, sentAfter = answeredAfter, lasts = 60, ...notice
} = {}) {
  const head = {
    header: {expires: Date.now() + lasts * MINUTE_MS},
    written: ASKED_AT + after * MINUTE_MS,
    notice: {kind, ...notice}
  };
  const sent = sentAfter === null ? undefined : ASKED_AT + sentAfter * MINUTE_MS;
  const answered = answer && {answer, answered: ASKED_AT + answeredAfter * MINUTE_MS, sent};
  return {head, answered, ended: notice.ended};
}

const inHours = (hours) => Date.now() + hours * 60 * MINUTE_MS;

const LIVED = {
  'asked': stood('request'),
  'asked for relief': stood('request', {relief: true, by: inHours(8)}),
  'waiting to hear': stood('request', {after: 0, answer: 'later'}),
  'assigned': stood('assigned', {answer: 'coming', by: inHours(1)}),
  'here': stood('assigned', {answer: 'arrived', answeredAfter: 20}),
  'reserved': stood('reserve', {answer: 'coming'}),
  'relief': stood('reserve', {answer: 'later', by: inHours(8)}),
  'relief, soon': stood('reserve', {answer: 'later', by: inHours(1)}),
  'stood down or released': stood('stand_down', {answer: 'coming'}),
  'here, and released': stood('stand_down', {answer: 'arrived', after: 25, answeredAfter: 5}),
  'cannot come': stood('request', {after: 0, answer: 'no'}),
  'left': stood('assigned', {answer: 'leaving', answeredAfter: 20}),
  'ended': stood('stand_down', {answer: 'coming', ended: Date.now()})
};

function table() {
  const manual = readFileSync(join(project, 'man/tocsin-page.7'), 'utf8');
  const rows = manual.split('.TS\n')[1].split('.TE\n')[0].split('\n').slice(3, -1);
  return Object.fromEntries(rows.map((row) => row.split('\t')));
}

test('a card offers what the manual says', () => {
  const rows = table();
  assert.deepEqual(Object.keys(rows).sort(), Object.keys(LIVED).sort());
  for (const [state, offers] of Object.entries(rows)) {
    const shown = card.OFFERS[inbox.standOf(LIVED[state])].join(', ') || 'nothing';
    assert.equal(shown, offers, state);
  }
});

test('the newest word counts, whatever came later', () => {
  const cases = {
    'a post was given while the refusal waited to be sent':
      [stood('assigned', {answer: 'no', after: 10, answeredAfter: 5, sentAfter: null}), 'declined'],
    'a post was given before the refusal was sent':
      [stood('assigned', {answer: 'no', after: 10, answeredAfter: 5, sentAfter: 20}), 'declined'],
    'a post and a refusal crossed':
      [stood('assigned', {answer: 'no', after: 10.1, answeredAfter: 9, sentAfter: 10}), 'declined'],
    'a post was given after the refusal':
      [stood('assigned', {answer: 'no', after: 10, answeredAfter: 5}), 'expected'],
    'a reminder and the refusal crossed':
      [stood('request', {answer: 'no', after: 10, answeredAfter: 5, sentAfter: 20}), 'declined'],
    'a post was given while "left" waited to be sent':
      [stood('assigned', {answer: 'leaving', after: 10, answeredAfter: 5, sentAfter: null}), 'left'],
    'asked again after a yes':
      [stood('request', {answer: 'coming', after: 10, answeredAfter: 5}), 'asked']
  };
  for (const [what, [incident, stand]] of Object.entries(cases))
    assert.equal(inbox.standOf(incident), stand, what);
});

test('who is there, expected or due to relieve does not lose the buttons to a clock', () => {
  const old = {lasts: -60, answeredAfter: 20};
  const stands = {
    here: stood('assigned', {...old, answer: 'arrived'}),
    expected: stood('assigned', {...old, answer: 'coming'}),
    relief_near: stood('reserve', {...old, answer: 'later', by: inHours(-1)}),
    relief: stood('reserve', {...old, answer: 'later', by: inHours(8)})
  };
  for (const [stand, incident] of Object.entries(stands)) {
    assert.equal(inbox.standOf(incident), stand);
    assert.equal(inbox.standOf({...incident, ended: Date.now()}), 'over');
  }
  for (const answer of [undefined, 'no', 'leaving'])
    assert.equal(inbox.standOf(stood('request', {...old, answer})), 'over', answer);
});
