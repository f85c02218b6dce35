import socket
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.web import supervisor
from portal.web.preparation import prepare
from portal.web.supervisor import Service


class Command(BaseCommand):
    help = (
        "Prepare the database and the static files, then run the web server and the job worker until Ctrl-C."
    )
    requires_system_checks = ()  # the processes that it starts run them

    def handle(self, *args, **options) -> None:
        with self._bound() as bound:
            self.stdout.write(_("Preparing the database, the content and the static files..."))
            try:
                prepare()
            except KeyboardInterrupt:
                raise CommandError(
                    _("Stopped before all was ready; the next start goes on from here.")
                ) from None
            self._run(bound)

    def _bound(self) -> socket.socket:
        """The port is taken first and handed on: no work is done in vain, and nobody can take it in between."""
        host, port = settings.HOST, settings.PORT
        bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, port))
        except OSError as error:
            bound.close()
            reason = _(
                "%(host)s:%(port)s cannot be used (%(reason)s). Choose another port: PORT=%(next)s make run"
            )
            values = {"host": host, "port": port, "reason": error.strerror, "next": port + 1}
            raise CommandError(reason % values) from error
        return bound

    def _run(self, bound: socket.socket) -> None:
        with supervisor.running(self._services(bound.fileno())) as processes:
            try:
                supervisor.wait_until_up(processes, *bound.getsockname()[:2], "/song/")
                self._announce()
                supervisor.wait_for_death(processes)
            except supervisor.StopRequested:
                self.stdout.write(_("Stopping..."))
            except supervisor.NotAnswering:
                raise CommandError(_("The site does not answer; see the messages above.")) from None
            except supervisor.ServiceDied as service:
                message = _("The %(name)s has stopped by itself, so all is stopped; see the messages above.")
                raise CommandError(message % {"name": service}) from None

    def _services(self, port: int) -> list[Service]:
        gunicorn = ["-m", "gunicorn", "portal.wsgi:application", "--bind", f"fd://{port}"]
        # Threads: browsers open connections ahead of need, and each would hold a worker without threads.
        size = ["--workers", "2", "--threads", "4", "--log-level", "warning", "--no-control-socket"]
        size += ["--limit-request-line", "0"]  # RequestGuardMiddleware refuses long addresses, in Vietnamese
        worker = [str(settings.BASE_DIR / "manage.py"), "db_worker"]
        return [
            Service(_("web server"), [sys.executable, *gunicorn, *size], [port]),
            Service(_("job worker"), [sys.executable, *worker]),
        ]

    def _announce(self) -> None:
        host = "localhost" if settings.HOST in {"127.0.0.1", "0.0.0.0", "::", "::1"} else settings.HOST  # noqa: S104
        self.stdout.write(_("The portal is at %(url)s") % {"url": f"http://{host}:{settings.PORT}/"})
        demo = Path(settings.VAR_DIR) / "demo-logins.txt"
        if demo.exists():
            self.stdout.write(_("Demo log-ins (%(url)s):") % {"url": "/can-bo/dang-nhap/"})
            self.stdout.write(demo.read_text())
        self.stdout.write(_("Press Ctrl-C to stop."))
