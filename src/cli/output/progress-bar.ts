import { Presets, SingleBar } from 'cli-progress'

export interface ProgressBar {
  show(what: string, done: number, total: number): void
  end(): void
}

/** A progress bar on standard error if that is a terminal, else nothing. */
export function progressBar(): ProgressBar {
  if (!process.stderr.isTTY) return { show() {}, end() {} }
  const bar = new SingleBar(
    { format: '  {what} {bar} {percentage}%, {eta_formatted} to go', hideCursor: true, clearOnComplete: true, fps: 5 },
    Presets.shades_classic,
  )
  let showing: string | undefined
  return {
    show(what, done, total) {
      if (showing !== what) {
        if (showing !== undefined) bar.stop()
        bar.start(total, 0, { what: what.padEnd(6) })
        showing = what
      }
      bar.update(done)
    },
    end() {
      if (showing !== undefined) bar.stop()
    },
  }
}
