import { describeGrowth, findGrowth, type GrowthOptions } from './assert-no-growth.js';
import type { Scenario } from './scenario.js';

/**
 * For `expect.extend` of vitest and jest: `await expect('./scenario.mjs').not.toGrow({ rounds: 3 })`. Give the call
 * time: it starts a process and analyses its heap.
 */
export const growthMatchers = {
  async toGrow(
    scenario: string | URL | Scenario,
    options?: GrowthOptions,
  ): Promise<{ pass: boolean; message: () => string }> {
    const { grown } = await findGrowth(scenario, options);
    return {
      pass: grown.length > 0,
      message: () => (grown.length > 0 ? describeGrowth(grown) : 'nothing grows in every round'),
    };
  },
};
