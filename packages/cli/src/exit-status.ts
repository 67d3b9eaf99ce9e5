/** What the exit status of the command tells a script; a published contract. */
export const EXIT_STATUS = {
  ok: 0,
  /** The command worked and found what it looks for (leaks, growth). */
  findings: 1,
  wrongUsage: 2,
  badSnapshot: 3,
  captureFailed: 4,
  /** Not enough memory, or no room to write. */
  lackOfResources: 5,
  internalFault: 70,
  /** 128 + SIGINT, as shells count it. */
  interrupted: 130,
} as const;

export type ExitStatus = (typeof EXIT_STATUS)[keyof typeof EXIT_STATUS];
