"""What other rooms can hear of places."""

from django.dispatch import Signal

relabelled = (
    Signal()
)  # `place_ids`: their versions were written, so names, codes or parents may be other ones
