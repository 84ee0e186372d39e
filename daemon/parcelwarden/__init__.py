"""parcelwarden: a guard for people who buy from marketplaces abroad."""

__version__ = "0.1.0"
