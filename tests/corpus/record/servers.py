"""Servers that a user runs, and what they log when a client asks for what it may not have or isn't there."""

import http.server
import logging
import os
import threading
import time
import urllib.error
import urllib.request

import uvicorn
from aiohttp import web
from fastapi import FastAPI, HTTPException

from recorder import case, main, port


def ask(*paths):
    for path in paths:
        for _ in range(50):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port()}{path}", timeout=5).read()
            except urllib.error.HTTPError:
                pass
            except OSError:
                time.sleep(0.1)
                continue
            break


def fastapi_app():
    app = FastAPI()

    @app.get("/status/{code}")
    def status(code: int):
        if code >= 400:
            raise HTTPException(code)
        return {"status": code}

    return app


def uvicorn_answers(*paths):
    server = uvicorn.Server(uvicorn.Config(fastapi_app(), port=port(), use_colors=False))
    threading.Thread(target=lambda: (ask(*paths), setattr(server, "should_exit", True))).start()
    server.run()


@case("not-found/healthy/uvicorn-404", "uvicorn's access log of what scanners ask for")
def run():
    uvicorn_answers("/robots.txt", "/wp-login.php", "/status/200", "/status/404")


@case("permission-denied/healthy/uvicorn-403", "uvicorn's access log of clients that may not")
def run():
    uvicorn_answers("/status/403", "/status/401", "/status/200", "/status/403")


@case("invalid-argument/healthy/uvicorn-400", "uvicorn's access log of bad requests")
def run():
    uvicorn_answers("/status/400", "/status/abc", "/status/200", "/status/400")


@case("quota/healthy/uvicorn-429", "a rate limit of the user's own server at work")
def run():
    uvicorn_answers("/status/200", "/status/429", "/status/429", "/status/200")


@case("not-found/healthy/http-server-404", "Python's http.server: code 404, message File not found")
def run():
    with open("index.html", "w", encoding="utf-8") as file:
        file.write("hello")
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", port()), http.server.SimpleHTTPRequestHandler
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Serving HTTP on 0.0.0.0 port {port()} (http://0.0.0.0:{port()}/) ...")
    ask("/", "/favicon.ico", "/missing.js", "/")
    os._exit(0)


@case(
    "permission-denied/healthy/aiohttp-access-log",
    "aiohttp.web's access log with 403, 401 and sizes of 403",
)
def run():
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")

    async def answer(request):
        return web.Response(status=int(request.match_info["code"]), text="x" * 403)

    app = web.Application()
    app.router.add_get("/status/{code}", answer)
    threading.Thread(
        target=lambda: (ask("/status/403", "/status/401", "/status/200"), os._exit(0)), daemon=True
    ).start()
    web.run_app(app, host="127.0.0.1", port=port(), access_log=logging.getLogger("access"))


main("uvicorn", "fastapi", "aiohttp")
