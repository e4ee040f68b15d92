/**
 * Delays Fastify's schema compilers until a route is first called: most of a service's routes are not called in its
 * first second, and compiling them all would be most of its start-up time.
 */
import ajvCompiler from '@fastify/ajv-compiler'
import serializerSelector from '@fastify/fast-json-stringify-compiler'
import type { FastifyServerOptions } from 'fastify'

type Factories = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>
type Validator = ((data: unknown) => boolean) & { errors?: unknown }

export function lazyCompilers(): Required<Factories> {
  const buildValidator = ajvCompiler() as (...options: unknown[]) => (route: unknown) => Validator
  const buildSerializer = serializerSelector() as (
    ...options: unknown[]
  ) => (route: unknown) => (data: unknown) => string

  return {
    buildValidator: (...options: unknown[]) => {
      const compile = buildValidator(...options)
      return (route: unknown) => {
        let compiled: Validator | undefined
        const validate: Validator = data => {
          compiled ??= compile(route)
          const valid = compiled(data)
          validate.errors = compiled.errors
          return valid
        }
        return validate
      }
    },
    buildSerializer: (...options: unknown[]) => {
      const compile = buildSerializer(...options)
      return (route: unknown) => {
        let compiled: ((data: unknown) => string) | undefined
        return (data: unknown) => {
          compiled ??= compile(route)
          return compiled(data)
        }
      }
    },
  } as Required<Factories>
}
