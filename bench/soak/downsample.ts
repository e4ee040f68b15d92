import type { Sample } from './sample.ts'

const maxKept = 600

/**
 * Every nth sample, so that half a day of samples fits. Each covers the last ten seconds, so a stall still shows in one
 * of them.
 */
export function downsample(samples: Sample[]): Sample[] {
  const step = Math.ceil(samples.length / maxKept)
  return samples.filter((_, index) => index % step === step - 1)
}
