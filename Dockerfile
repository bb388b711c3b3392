# medproof with Git, for CI that runs in containers:
#   docker build --tag medproof .
#   docker run --rm --volume "$PWD:/articles:ro" medproof check .
FROM rust:1-alpine AS build
# SQLite and the cryptography are C.
RUN apk add --no-cache gcc musl-dev
WORKDIR /src
COPY . .
RUN cargo build --release --locked

FROM alpine:3
# Git tells what changed (--changed-since); the articles may belong to another user than the one in here.
# --online trusts the certificates of the system.
RUN apk add --no-cache ca-certificates git && git config --system --add safe.directory '*'
COPY --from=build /src/target/release/medproof /usr/local/bin/medproof
USER nobody
WORKDIR /articles
ENTRYPOINT ["medproof"]
CMD ["check"]
