"""Servers on loopback that answer what a scenario wants. They say nothing themselves."""

import json
import threading
from collections.abc import Callable
from concurrent import futures
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from recorder import port

JSON = "application/json; charset=UTF-8"


def google_error(code: int, message: str, status: str | None = None, **more: object) -> str:
    """The body of an error of a Google API."""
    error: dict[str, object] = {"code": code, "message": message}
    if status is not None:
        error["status"] = status
    return json.dumps({"error": error | more}, indent=2)


def serve(*answers: tuple[int, str], content_type: str = JSON) -> str:
    """Answers each request with the next of `answers`, the last one for ever; returns the URL."""
    left = list(answers)
    lock = threading.Lock()

    def next_answer(_method: str, _path: str) -> tuple[int, str]:
        with lock:
            return left.pop(0) if len(left) > 1 else left[0]

    return serve_with(next_answer, content_type)


def serve_with(answer_to: Callable[[str, str], tuple[int, str]], content_type: str = JSON) -> str:
    """Answers each request with what `answer_to(method, path)` says; returns the URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            code, body = answer_to(self.command, self.path)
            self.send_response(code)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body.encode())

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port()), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{port()}"


def serve_grpc(*answers: tuple[str, str] | bytes) -> str:
    """Fails each call with the next of `answers` (status name, details), or returns its bytes."""
    import grpc

    left = list(answers)

    def handle(_request: bytes, context: grpc.ServicerContext) -> bytes:
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, bytes):
            return answer
        status, details = answer
        context.abort(grpc.StatusCode[status], details)

    def stream(request: bytes, context: grpc.ServicerContext):
        yield handle(request, context)

    class Any(grpc.GenericRpcHandler):
        def service(self, call):
            if "Stream" in call.method:
                return grpc.unary_stream_rpc_method_handler(stream)
            return grpc.unary_unary_rpc_method_handler(handle)

    server = grpc.server(futures.ThreadPoolExecutor(2))
    server.add_generic_rpc_handlers((Any(),))
    server.add_insecure_port(f"127.0.0.1:{port()}")
    server.start()
    globals()["_keep"] = server
    return f"127.0.0.1:{port()}"
