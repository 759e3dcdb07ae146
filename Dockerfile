# Two images of the same skill: `server` (the default) for a host of one's own, `lambda` for AWS Lambda.

FROM python:3.11.14-slim-bookworm AS base
ENV HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PATH=/venv/bin:$PATH
WORKDIR /srv/coach

FROM base AS build
COPY pyproject.toml constraints.txt README.md LICENSE ./
RUN python -m venv /venv \
    && pip install --no-cache-dir -c constraints.txt '.[dynamodb,postgresql]'

FROM build AS build-lambda
RUN pip install --no-cache-dir -c constraints.txt '.[lambda]'

FROM build AS learnt
COPY content content
COPY skill skill
RUN python -m skill learn --answers

FROM base AS code
COPY --from=learnt /srv/coach/content content
COPY interaction_model interaction_model
COPY skill skill
COPY app.py gunicorn.conf.py ./

FROM code AS lambda
COPY --from=build-lambda /venv /venv
RUN python -m compileall -q skill
USER 10001:10001
ENTRYPOINT ["python", "-m", "awslambdaric"]
CMD ["skill.lambda_function.handler"]

FROM code AS server
COPY --from=build /venv /venv
RUN python -m compileall -q app.py skill \
    && install -d -o 10001 -g 10001 -m 700 /data
ENV HOST=0.0.0.0 \
    PORT=8080 \
    DATABASE_URL=sqlite:////data/coach.db
VOLUME /data
EXPOSE 8080
USER 10001:10001
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["gunicorn"]
