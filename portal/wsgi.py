import os

from django.core.wsgi import get_wsgi_application

from portal.settings.environment import load_or_exit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

load_or_exit(
    status=4
)  # with 4, gunicorn stops; with any other status it would start the worker again for ever
application = get_wsgi_application()
