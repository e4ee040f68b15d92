import type { Module } from './modules.ts'

/** The circles among imports: each is a set of modules that all reach one another (Tarjan's strongly connected components). */
export function findCircles(modules: Module[]): string[][] {
  const imports = new Map(modules.map(module => [module.path, module.imports.map(each => each.from)]))
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const circles: string[][] = []

  const visit = (path: string): void => {
    order.set(path, order.size)
    lowest.set(path, order.get(path)!)
    open.push(path)
    for (const next of imports.get(path)!) {
      if (!imports.has(next)) continue
      if (!order.has(next)) visit(next)
      if (open.includes(next)) lowest.set(path, Math.min(lowest.get(path)!, lowest.get(next)!))
    }
    if (lowest.get(path) !== order.get(path)) return
    const circle = open.splice(open.indexOf(path))
    if (circle.length > 1 || imports.get(path)!.includes(path)) circles.push(circle.sort())
  }

  for (const path of imports.keys()) if (!order.has(path)) visit(path)
  return circles
}
