"""Pictures, documents and blocks of pages."""

from io import BytesIO

import factory
from PIL import Image

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.cms.models import PortalDocument, PortalImage

GPS_IFD = 0x8825


def picture_bytes(kind="JPEG", size=(64, 48), gps=False, orientation=None):
    """A small picture as a camera writes it; with `gps` it says where it was taken."""
    picture = Image.new("RGB", size, "#28388c")
    exif = picture.getexif()
    if gps:
        exif.get_ifd(GPS_IFD)[1] = "N"
        exif.get_ifd(GPS_IFD)[2] = (22.0, 50.0, 0.0)
    if orientation:
        exif[0x0112] = orientation
    buffer = BytesIO()
    picture.save(buffer, format=kind, exif=exif)
    return buffer.getvalue()


def upload(name="ảnh.jpg", content=None, content_type="image/jpeg"):
    return SimpleUploadedFile(name, content or picture_bytes(), content_type)


class ImageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PortalImage

    title = factory.Sequence(lambda n: f"Ảnh {n}")
    description = "Bà con đọc sách ở nhà văn hóa"
    file = factory.LazyFunction(lambda: ContentFile(picture_bytes(), "Ảnh lớp học.jpg"))


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PortalDocument

    title = factory.Sequence(lambda n: f"Tệp {n}")
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.4", "Kế hoạch.pdf"))
    file_size = 8


def picture_block(image=None, **changes):
    """The value of a picture block as it lies in the database."""
    value = {
        "image": (image or ImageFactory()).pk,
        "alt_text": "Bà con đọc sách",
        "decorative": False,
        "caption": "",
    }
    return {"type": "picture", "value": value | changes}
