"""Serves the files of a folder on loopback, with the faults that real servers have.

usage: serve.py FOLDER [--no-range] [--cut BYTES] [--lie]

The port is the only line of standard output. Every request is a line `PATH RANGE` of FOLDER/requests.
  --no-range  gives whole files whatever part is asked for
  --cut N     breaks off after N bytes of each answer
  --lie       gives other bytes than those of the file
"""

import argparse
import http.server
import os

arguments = argparse.ArgumentParser()
arguments.add_argument("folder")
arguments.add_argument("--no-range", action="store_true")
arguments.add_argument("--cut", type=int)
arguments.add_argument("--lie", action="store_true")
options = arguments.parse_args()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        part = self.headers.get("Range")
        with open(options.folder + "/requests", "a") as log:
            log.write(f"{self.path} {part or '-'}\n")
        path = options.folder + self.path
        if not os.path.isfile(path):
            return self.send_error(404)
        with open(path, "rb") as file:
            content = file.read()
        if options.lie:
            content = bytes(255 - byte for byte in content)
        start = 0
        if part and not options.no_range:
            start = int(part.removeprefix("bytes=").split("-")[0])
            self.send_response(206)
            self.send_header(
                "Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            self.send_response(200)
        body = content[start:]
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: options.cut])

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
