FROM node:24-bookworm AS build
WORKDIR /roomkey
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts && npm rebuild esbuild
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
WORKDIR /roomkey
ENV NODE_ENV=production HOST=0.0.0.0 ROOMKEY_DATA=/data
COPY --from=build /roomkey/package.json ./
COPY --from=build /roomkey/node_modules ./node_modules
COPY --from=build /roomkey/dist ./dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8787
ENTRYPOINT ["node", "dist/main.js"]
CMD ["serve"]
