// A night in order: after a step that failed the rest would only wait in vain.
import {test} from 'node:test';

let hasFailed = false;

export const step = (name, act) => test(name, {timeout: 150_000}, async (context) => {
  if (hasFailed) return context.skip('an earlier step failed');
  hasFailed = true;
  await act(context);
  hasFailed = false;
  return undefined;
});
