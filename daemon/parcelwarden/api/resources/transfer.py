"""`/v1/export` and `/v1/import`: everything that was read or said, to another home."""

from __future__ import annotations

from parcelwarden.api.asked import PAGE
from parcelwarden.api.present_transfer import export_page, taken_page
from parcelwarden.api.routing import LARGE, Access, Call, Param, Route
from parcelwarden.api.shapes import ExportShape, ImportShape

DRY_RUN = Param("dry_run", bool, "only say what would be taken in", default=False)


async def give(call: Call) -> ExportShape:
    """A page of everything: settings and sources with the first, then parcels, then the orders that name them. Tokens,
    and what stands in `config.toml`, are never part of it."""
    return export_page(await call.warden.export_page(call.query["limit"], call.query["cursor"]))


async def take(call: Call) -> ImportShape:
    """Take a page of an export in, all of it or nothing. What is watched here already stays as it is; a setting is
    taken over where none was made here."""
    dry_run: bool = call.query["dry_run"]
    taken = await call.warden.take_export(taken_page(call.body), call.now, dry_run=dry_run)
    return ImportShape(orders=taken.orders, parcels=taken.parcels, kept=taken.kept, dry_run=dry_run)


ROUTES = (
    Route("GET", "/v1/export", Access.READ, give, "Everything, page by page", {200: ExportShape}, params=PAGE),
    Route(
        "POST",
        "/v1/import",
        Access.ADMIN,
        take,
        "Take an export in",
        {200: ImportShape},
        ExportShape,
        LARGE,
        (DRY_RUN,),
    ),
)
