# Tickmark, by default on the embedded SQLite log. There is no build step: Node 24 runs the TypeScript as it stands.
FROM node:24.21-slim

WORKDIR /app
# The base image is the Node that the optional packages would bring; without them the image is 100 MB smaller.
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force
COPY . .

# The only place that is written to; everything else may be read-only.
RUN mkdir /data && chown node:node /data
VOLUME /data
ENV NODE_ENV=production TICKMARK_DATA=/data
USER node

# Inside a container every address is its own: who may reach the port is said where it is published, and whoever does
# needs a key: `docker run --env TICKMARK_API_KEYS=...`.
EXPOSE 8470
HEALTHCHECK --interval=10s --timeout=5s --retries=3 --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8470/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "adapters/cli/tickmark.js"]
CMD ["serve", "--host", "0.0.0.0", "--expose"]
