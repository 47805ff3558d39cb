# Tickmark on the embedded SQLite log. There is no build step: Node 24 runs the TypeScript as it stands.
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

ENTRYPOINT ["node", "adapters/cli/tickmark.js"]
CMD ["demo", "--data", "/data"]
