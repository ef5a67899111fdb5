"""Serves one WSGI application on loopback.

usage: python -m loopback.serve MODULE:NAME PORT
"""
import sys

from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app


class Server(BaseApplication):
    """One worker process with threads; its settings are these and no others."""

    def __init__(self, application, port):
        self.application = application
        self.port = port
        super().__init__()

    def load_config(self):
        self.cfg.set("bind", f"127.0.0.1:{self.port}")
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("workers", 1)
        self.cfg.set("threads", 8)
        self.cfg.set("keepalive", 0)
        # On a busy machine importing the application may take long.
        self.cfg.set("timeout", 300)
        self.cfg.set("graceful_timeout", 1)

    def load(self):
        return import_app(self.application)


if __name__ == "__main__":
    wanted, port = sys.argv[1:]
    # Applications read their own command line from here.
    sys.argv = sys.argv[:1]
    Server(wanted, port).run()
