# Node 24 has long-term support. Tags move: to build from the very same images again, pass their digests, which
# `docker buildx imagetools inspect node:24-bookworm` prints:
#   docker build --build-arg BUILD_IMAGE=node:24-bookworm@sha256:… --build-arg RUN_IMAGE=node:24-bookworm-slim@sha256:… .
ARG BUILD_IMAGE=node:24-bookworm
ARG RUN_IMAGE=node:24-bookworm-slim

FROM ${BUILD_IMAGE} AS build
WORKDIR /roomkey
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts && npm rebuild esbuild
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM ${RUN_IMAGE}
WORKDIR /roomkey
ENV NODE_ENV=production HOST=0.0.0.0 ROOMKEY_DATA=/data
COPY --from=build /roomkey/package.json ./
COPY --from=build /roomkey/node_modules ./node_modules
COPY --from=build /roomkey/dist ./dist
RUN mkdir -m 700 /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 8787}/readyz`).then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/main.js"]
CMD ["serve"]
