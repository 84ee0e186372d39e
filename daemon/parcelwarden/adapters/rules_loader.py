"""Everything that a reassessment rests on, read once from the data that is shipped with the program."""

from __future__ import annotations

from functools import cache

from parcelwarden.adapters.country_names import load_countries
from parcelwarden.adapters.line_loader import load_lines
from parcelwarden.adapters.pack_loader import load_packs, read_toml, shipped
from parcelwarden.domain.advisories import build_advisories
from parcelwarden.domain.late_risk.prior import late_risk_prior
from parcelwarden.domain.model import Advisory
from parcelwarden.domain.rules import Rules
from parcelwarden.domain.verdict import SilenceModel, silence_model


@cache
def load_model() -> SilenceModel:
    """The model of silence without any measurement. Raises `PackError` naming the key."""
    return silence_model(read_toml(shipped() / "silence.toml"))


@cache
def load_advisories() -> tuple[Advisory, ...]:
    """The published disruptions. Raises `PackError` naming file and place."""
    file = shipped() / "advisories.toml"
    return build_advisories(read_toml(file), file.name)


@cache
def load_rules() -> Rules:
    """Packs, lines, model, advisories and country names together. Raises `PackError` naming file and place."""
    return Rules(
        packs=load_packs(),
        lines=load_lines(),
        model=load_model(),
        advisories=load_advisories(),
        late_risk=late_risk_prior(read_toml(shipped() / "late_risk.toml")),
        countries=load_countries(),
    )
