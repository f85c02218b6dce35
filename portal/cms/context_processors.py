from .chrome import Chrome


def site_chrome(request):
    """`chrome`: see chrome.py. One a request, however many templates are drawn."""
    if not hasattr(request, "_chrome"):
        request._chrome = Chrome(request)
    return {"chrome": request._chrome}
