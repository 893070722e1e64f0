"""Forwards connections to a port of 127.0.0.1, which it prints, to a unix socket: for clients that know no sockets.

    proxy.py PATH
"""
import socket
import sys
import threading


def copy(source, target):
    while data := source.recv(65536):
        target.sendall(data)
    target.shutdown(socket.SHUT_WR)


listener = socket.create_server(('127.0.0.1', 0))
print(listener.getsockname()[1], flush=True)
while True:
    client, _ = listener.accept()
    server = socket.socket(socket.AF_UNIX)
    server.connect(sys.argv[1])
    for pair in (client, server), (server, client):
        threading.Thread(target=copy, args=pair, daemon=True).start()
