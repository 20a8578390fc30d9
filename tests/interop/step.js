// The steps of one night, in order. After a step that failed the others are skipped: they would only
// wait for what it did not do.
import {test} from 'node:test';

let hasFailed = false;

export function step(name, act) {
  return test(name, {timeout: 150_000}, async (context) => {
    if (hasFailed) {
      context.skip('an earlier step failed');
      return;
    }
    hasFailed = true;
    await act(context);
    hasFailed = false;
  });
}
