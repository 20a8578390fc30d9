// Holds the page against the table of what a card offers in tocsin-page(7).
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {pageModules, project} from './modules.js';

const {card, inbox} = await pageModules('card', 'inbox');
const MINUTE_MS = 60_000;
const ASKED_AT = Date.now() - 30 * MINUTE_MS;

// A message that came so many minutes after the request, and what was answered to the request.
function stood(kind, {after = 10, answer, answeredAfter = 5, ...notice} = {}) {
  const head = {
    header: {expires: Date.now() + 60 * MINUTE_MS},
    received: ASKED_AT + after * MINUTE_MS,
    notice: {kind, ...notice}
  };
  const answered = answer && {answer, answered: ASKED_AT + answeredAfter * MINUTE_MS};
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
