-- Instants are epoch seconds (UTC); columns that hold nested values are JSON text.

-- Small columns first: whoever asks for one of them reads no page of the long texts behind it.
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    marketplace TEXT NOT NULL,
    order_id TEXT NOT NULL,
    page_seen_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    assessed_at INTEGER,
    next_change_at INTEGER,
    -- a look at or after this instant can change a verdict although it brings nothing new
    recheck_at INTEGER,
    -- the order of a page: day of act_by (or a far one), 3 - severity, money at risk within its currency
    pressing INTEGER NOT NULL,
    calm INTEGER NOT NULL,
    stake INTEGER NOT NULL,
    act_by INTEGER,
    state TEXT,
    verdict TEXT,
    without_dates INTEGER NOT NULL,
    -- over for the buyer: a parcel all of whose orders are settled is looked at no more
    settled INTEGER NOT NULL,
    -- a dispute of the buyer runs
    disputed INTEGER NOT NULL,
    postponed_why TEXT,
    title TEXT,
    seller TEXT,
    total TEXT,
    currency TEXT,
    account TEXT,
    url TEXT,
    -- what the assessment says, as the overlay shows it and whole
    brief TEXT,
    facts TEXT NOT NULL,
    rules TEXT NOT NULL,
    assessment TEXT,
    UNIQUE (order_id, marketplace)
);
CREATE INDEX orders_page ON orders (pressing, calm, stake, id);
CREATE INDEX orders_disputed ON orders (marketplace) WHERE disputed;
CREATE INDEX orders_next_change ON orders (next_change_at) WHERE next_change_at IS NOT NULL;
CREATE INDEX orders_recheck ON orders (recheck_at) WHERE recheck_at IS NOT NULL;
CREATE INDEX orders_without_dates ON orders (pressing, calm, stake, id) WHERE without_dates;
CREATE INDEX orders_postponed ON orders (id) WHERE postponed_why IS NOT NULL;

CREATE TABLE fact_changes (
    id INTEGER PRIMARY KEY,
    order_row INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    before TEXT,
    after TEXT,
    origin TEXT NOT NULL,
    at INTEGER NOT NULL,
    taken INTEGER NOT NULL
);
CREATE INDEX fact_changes_order ON fact_changes (order_row, id);

CREATE TABLE parcels (
    id INTEGER PRIMARY KEY,
    state TEXT,
    leg INTEGER NOT NULL,
    flags TEXT NOT NULL,
    eta TEXT,
    service_line TEXT,
    origin TEXT,
    destination TEXT,
    last_mile TEXT,
    created_at INTEGER NOT NULL,
    moved_at INTEGER,
    events TEXT NOT NULL
);

CREATE TABLE parcel_numbers (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    parcel_id INTEGER NOT NULL REFERENCES parcels (id) ON DELETE CASCADE,
    added_at INTEGER NOT NULL
);
CREATE INDEX parcel_numbers_parcel ON parcel_numbers (parcel_id, id);

CREATE TABLE order_parcels (
    order_row INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    parcel_id INTEGER NOT NULL REFERENCES parcels (id) ON DELETE CASCADE,
    PRIMARY KEY (order_row, parcel_id)
) WITHOUT ROWID;
CREATE INDEX order_parcels_parcel ON order_parcels (parcel_id);

CREATE TABLE looks (
    parcel_id INTEGER NOT NULL REFERENCES parcels (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    number TEXT NOT NULL,
    rank INTEGER NOT NULL,
    next_look_at INTEGER,
    last_tried_at INTEGER,
    last_outcome TEXT,
    last_ok_at INTEGER,
    outcome TEXT,
    answer_sha256 TEXT,
    failures INTEGER NOT NULL,
    relay INTEGER NOT NULL,
    PRIMARY KEY (parcel_id, source)
) WITHOUT ROWID;
CREATE INDEX looks_next ON looks (relay, next_look_at) WHERE next_look_at IS NOT NULL;

CREATE TABLE alerts (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    marketplace TEXT NOT NULL,
    order_id TEXT NOT NULL,
    code TEXT NOT NULL,
    params TEXT NOT NULL,
    severity TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    helps_until INTEGER,
    nag INTEGER NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    next_at INTEGER,
    snoozed_until INTEGER,
    delivered_at INTEGER,
    acknowledged_at INTEGER,
    times_sent INTEGER NOT NULL
);
CREATE INDEX alerts_next ON alerts (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX alerts_order ON alerts (order_id, marketplace);
CREATE INDEX alerts_page ON alerts (due_at, id);

CREATE TABLE deliveries (
    alert_id INTEGER NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    result TEXT NOT NULL,
    at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    retry_at INTEGER,
    error TEXT,
    PRIMARY KEY (alert_id, channel)
) WITHOUT ROWID;

CREATE TABLE sources (source TEXT PRIMARY KEY, health TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE captures (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    result TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE clients (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    token_sha256 TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    origin TEXT,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    flagged_at INTEGER
) WITHOUT ROWID;

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
