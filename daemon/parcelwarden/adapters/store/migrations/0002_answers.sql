-- What a source said of a parcel, each time that it changed: the hash of the answer as received, and what the source's
-- own reader took from it (JSON without personal data, deflated). Without `reading`: nothing found, or no more room.
CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    parcel_id INTEGER NOT NULL REFERENCES parcels (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    number TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    received_sha256 TEXT NOT NULL,
    reading BLOB
);
CREATE INDEX answers_parcel ON answers (parcel_id, id);
