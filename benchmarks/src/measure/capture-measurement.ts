/** One capture from the stand-in inspector. */
export interface CaptureMeasurement {
  /** Bytes of the snapshot, uncompressed. */
  readonly byteLength: number;
  readonly milliseconds: number;
  /** Bytes: the most memory that the capturing process had. */
  readonly peakRss: number;
}
