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
        with self._listening() as listener:
            self.stdout.write(_("Preparing the database, the content and the static files..."))
            prepare()
            self._run(listener)

    def _listening(self) -> socket.socket:
        """The socket is taken first and handed on, so that nothing is done in vain and nobody can take it between."""
        host, port = settings.HOST, settings.PORT
        try:
            return socket.create_server(
                (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
            )
        except OSError as error:
            reason = _(
                "%(host)s:%(port)s cannot be used (%(reason)s). Choose another port: PORT=%(next)s make run"
            )
            why = error.strerror.partition(" (while")[0]  # without the address, which the sentence has
            values = {"host": host, "port": port, "reason": why, "next": port + 1}
            raise CommandError(reason % values) from error

    def _run(self, listener: socket.socket) -> None:
        with supervisor.running(self._services(listener.fileno())) as processes:
            try:
                supervisor.wait_until_up(processes, *listener.getsockname()[:2], "/song/")
                self._announce()
                supervisor.wait_for_death(processes)
            except supervisor.StopRequested:
                self.stdout.write(_("Stopping..."))
            except supervisor.NotAnswering:
                raise CommandError(_("The site does not answer; see the messages above.")) from None
            except supervisor.ServiceDied as service:
                message = _("The %(name)s has stopped by itself, so all is stopped; see the messages above.")
                raise CommandError(message % {"name": service}) from None

    def _services(self, listener: int) -> list[Service]:
        gunicorn = ["-m", "gunicorn", "portal.wsgi:application", "--bind", f"fd://{listener}"]
        # Threads: browsers open connections ahead of need, and each would hold a worker without threads.
        size = ["--workers", "2", "--threads", "4", "--log-level", "warning", "--no-control-socket"]
        worker = [str(settings.BASE_DIR / "manage.py"), "db_worker"]
        return [
            Service(_("web server"), [sys.executable, *gunicorn, *size], [listener]),
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
