/** `cost = factor · size ^ exponent` */
export interface PowerLaw {
  readonly exponent: number;
  readonly factor: number;
}

/** Least squares on the logarithms; at least two different sizes. */
export function fitPowerLaw(points: readonly { readonly size: number; readonly cost: number }[]): PowerLaw {
  const xs = points.map(({ size }) => Math.log(size));
  const ys = points.map(({ cost }) => Math.log(cost));
  const [meanX, meanY] = [mean(xs), mean(ys)];
  let [covariance, variance] = [0, 0];
  xs.forEach((x, at) => {
    covariance += (x - meanX) * (ys[at] - meanY);
    variance += (x - meanX) ** 2;
  });
  const exponent = covariance / variance;
  return { exponent, factor: Math.exp(meanY - exponent * meanX) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
