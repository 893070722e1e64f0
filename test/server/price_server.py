"""An HTTP server on loopback that fails as networks do, for tools/refresh --mirror.

    price_server.py FOLDER

prints its port. It serves http://127.0.0.1:PORT/FAULT/HOST/PATH from FOLDER/HOST_PATH, with "_" for "/"; a query that
has a page token or skips items is for the file of that name and "_2". It ends with its parent, or after five minutes.
"""
import http.server
import os
import sys
import threading
import time

folder = sys.argv[1]
seen = set()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def send(self, status, body, headers=(), sent=None, length=True):
        self.send_response(status)
        for header in headers:
            self.send_header(*header)
        if length:
            self.send_header("Content-Length", str(len(body)))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body if sent is None else body[:sent])
        self.wfile.flush()
        if sent is not None or not length:
            self.close_connection = True

    def do_GET(self):
        fault, path = self.path.lstrip("/").split("/", 1)
        name, _, query = path.partition("?")
        page = 2 if "pageToken=" in query or "skip=" in query else 1
        try:
            with open(os.path.join(folder, name.replace("/", "_") + ("_2" if page == 2 else "")), "rb") as file:
                body = file.read()
        except FileNotFoundError:
            return self.send(404, b"no such file")
        dated = [("Last-Modified", "Tue, 10 Nov 2026 08:00:00 GMT")]
        if fault == "moved":
            # The date of the answer that redirects is not that of the file.
            older = [("Last-Modified", "Thu, 01 Jan 2026 08:00:00 GMT"), ("Location", "/undated/" + path)]
            return self.send(302, b"", older)
        if fault == "undated":
            return self.send(200, body)
        if fault == "circle":
            return self.send(302, b"", [("Location", self.path)])
        if fault == "notfound" or fault == "notfound2" and page == 2:
            return self.send(404, b"no such file")
        if fault == "busy" and path not in seen:
            seen.add(path)
            return self.send(503, b"busy", [("Retry-After", "1")])
        if fault == "page":
            return self.send(200, b"<html><body>Sign in to the network</body></html>\n", dated)
        if fault == "cut" or fault == "cut2" and page == 2:
            return self.send(200, body, dated, len(body) // 2)
        if fault == "short" or fault == "short2" and page == 2:
            return self.send(200, body, dated, len(body) * 3 // 4, False)
        if fault == "stall":
            self.send(200, body, dated, len(body) // 2)
            time.sleep(20)
            return None
        if fault == "slow":
            self.send(200, body, dated, 0)
            for place in range(0, len(body), 200):
                self.wfile.write(body[place:place + 200])
                self.wfile.flush()
                time.sleep(0.3)
            return None
        return self.send(200, body, dated)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that hangs up is part of the test."""


def end_with_parent(parent):
    for _ in range(300):
        time.sleep(1)
        if os.getppid() != parent:
            break
    os._exit(0)


threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
