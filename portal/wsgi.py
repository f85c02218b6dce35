import gc
import os

from django.core.wsgi import get_wsgi_application

from portal.settings.environment import one_sentence_or_exit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

# With status 4 gunicorn stops; with another it would start the worker again for ever.
with one_sentence_or_exit(status=4):
    application = get_wsgi_application()

# What is loaded by now lives as long as the process: the collector need not look through it again and again.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
