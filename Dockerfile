# One image for all services: `wirefold run ingest|extract|store|query`.
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
WORKDIR /src
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 WIREFOLD_CACHE_DIR=/opt/wirefold/cache
COPY requirements/base.txt requirements/base.txt
RUN python3 -m venv /opt/wirefold \
 && /opt/wirefold/bin/python -m pip install -q --require-hashes -r requirements/base.txt
COPY pyproject.toml README.md LICENSE ./
COPY schemas schemas
COPY services services
# The gazetteer index is built here, so that a container with a read-only root starts at once.
RUN /opt/wirefold/bin/python -m pip install -q --no-deps --no-build-isolation . \
 && /opt/wirefold/bin/wirefold gazetteer build \
 && /opt/wirefold/bin/python -m pip uninstall -q -y pip setuptools wheel

FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="wirefold" \
      org.opencontainers.image.description="News reports in, incident records out" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/wirefold /opt/wirefold
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin wirefold \
 && install -d -o wirefold -g wirefold /data
ENV PATH=/opt/wirefold/bin:$PATH \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    WIREFOLD_CACHE_DIR=/opt/wirefold/cache WIREFOLD_DATA_DIR=/data WIREFOLD_LOG_FORMAT=json
USER 10001
VOLUME /data
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=6 CMD ["wirefold", "healthcheck"]
ENTRYPOINT ["wirefold"]
CMD ["--help"]
