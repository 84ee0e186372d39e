"""The one definition of every JSON shape of the API; the OpenAPI document and the extension's types follow from it."""

from parcelwarden.api.shapes.base import *  # noqa: F403
from parcelwarden.api.shapes.dates import *  # noqa: F403
from parcelwarden.api.shapes.inputs import *  # noqa: F403
from parcelwarden.api.shapes.orders import *  # noqa: F403
from parcelwarden.api.shapes.owner import *  # noqa: F403
from parcelwarden.api.shapes.parcels import *  # noqa: F403
from parcelwarden.api.shapes.problems import *  # noqa: F403
from parcelwarden.api.shapes.relay import *  # noqa: F403
from parcelwarden.api.shapes.stream import *  # noqa: F403
from parcelwarden.api.shapes.transfer import *  # noqa: F403
