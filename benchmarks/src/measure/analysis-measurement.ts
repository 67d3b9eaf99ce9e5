/** One analysis of an open snapshot. */
export interface AnalysisMeasurement {
  /** Figures that every node has a part in; the same whatever the number of threads. */
  readonly answer: {
    /** Bytes. */
    readonly totalSize: number;
    readonly sumOfRetainedSizes: number;
    readonly mixOfDominatorsAndDistances: number;
  };
  readonly milliseconds: number;
  /** Milliseconds: the longest time that the caller's event loop had no turn. */
  readonly longestPause: number;
  readonly cpuMilliseconds: number;
  /** Bytes, opening included. */
  readonly peakRss: number;
}

/** An analysis that was aborted: from the abort to the rejection, when no step runs any more. */
export interface AbortMeasurement {
  readonly milliseconds: number;
}
