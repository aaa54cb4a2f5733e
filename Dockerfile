# The base images. `make image` builds both from Debian's packages, where no registry is at hand.
ARG NODE_IMAGE=node:24-trixie-slim
ARG PYTHON_IMAGE=python:3.13-slim-trixie


FROM ${NODE_IMAGE} AS browser

WORKDIR /build
COPY app/web/package.json app/web/package-lock.json ./
RUN npm ci --ignore-scripts
COPY app/web/bundle.js ./
COPY app/web/assets assets
RUN node bundle.js


FROM ${PYTHON_IMAGE} AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_ROOT_USER_ACTION=ignore

WORKDIR /build

# The dependencies first: they change seldom, and stay cached when the code changes.
COPY requirements/build.txt requirements/runtime.txt requirements/
RUN pip install --require-hashes -r requirements/build.txt \
    && python -m venv --without-pip /opt/hkus \
    && pip --python /opt/hkus/bin/python install --compile --require-hashes -r requirements/runtime.txt

COPY . .
COPY --from=browser /build/static app/web/static
RUN pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && pip --python /opt/hkus/bin/python install --compile --no-deps --no-index dist/*.whl


FROM ${PYTHON_IMAGE}

ENV PATH=/opt/hkus/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HKUS_DATABASE_URL=sqlite:////data/hkus.db \
    HKUS_DOWNLOADS=/data/downloads \
    HKUS_HOST=0.0.0.0 \
    HKUS_METRICS_HOST=0.0.0.0

COPY --from=build /opt/hkus /opt/hkus
RUN mkdir /data && chown 10001:10001 /data

USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ.get('HKUS_PORT', 8000)}/healthz\", timeout=2)"]

ENTRYPOINT ["hkus"]
CMD ["serve"]
