# syntax=docker/dockerfile:1
# One image for both programs: the poller is its entry point, compose.yaml starts the API from it too.
# For builds that never change, name the base images by digest (node:24-bookworm@sha256:...).
ARG NODE=24

# The full image: it has python3, make and g++, with which SQLite's driver is compiled where no binary can be had.
FROM node:${NODE}-bookworm AS build
ENV CI=1 TURBO_TELEMETRY_DISABLED=1
WORKDIR /src
# Dependencies first: this layer is kept until the lockfile changes.
COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./
RUN npx -y pnpm@10.34.9 fetch
COPY . .
RUN npx -y pnpm@10.34.9 install --offline --frozen-lockfile
RUN npx -y pnpm@10.34.9 ship /shipped

FROM node:${NODE}-bookworm-slim
RUN groupadd --gid 10001 fill-tracker \
  && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin fill-tracker \
  && install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY --from=build /shipped /app
ENV NODE_ENV=production DATABASE_URL=file:/data/fills.db
USER 10001:10001
WORKDIR /app
# The record, its backups and the key of the tokens; nothing else is ever written to.
VOLUME /data
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["node", "/app/deploy/docker/healthcheck.mjs"]
# Node itself is the first process: both programs handle SIGTERM and start no processes of their own.
ENTRYPOINT ["node", "/app/apps/poller/dist/main.js"]
CMD ["run"]
