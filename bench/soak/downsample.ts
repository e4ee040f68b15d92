import type { Sample } from './sample.ts'

const maxKept = 600

/** Every nth sample, so that half a day can be kept too. Each looks ten seconds back, so a stall is in one of them still. */
export function downsample(samples: Sample[]): Sample[] {
  const step = Math.ceil(samples.length / maxKept)
  return samples.filter((_, index) => index % step === step - 1)
}
