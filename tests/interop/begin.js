// What tests of the page begin with: a coordinator's world, and the page open in a browser. After
// the tests both are gone.
import {after, before} from 'node:test';

import {discard, open} from './telephone.js';
import {World} from './world.js';

export let world;

// In one hook, with what else is to be there before the first test: Node does not put two in a row.
export function begin(prepare = () => {}) {
  before(async () => {
    world = await World.start();
    await open();
    await prepare(world);
  });
  after(async () => {
    await discard();
    await world?.stop();
  });
}
