# The only place that pins Deno's version: the Makefile and scripts/ read this line.
ARG DENO_VERSION=2.7.11

FROM docker.io/denoland/deno:${DENO_VERSION} AS build
WORKDIR /src
COPY . .
RUN ["deno", "task", "build"]

# The binary needs glibc and libgcc_s: distroless/static and Alpine don't have them.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /src/dist/bailout /usr/local/bin/bailout
# By number, for Kubernetes' runAsNonRoot can't see that a name isn't root.
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/bailout"]
