/**
 * The shapes of the daemon's API, written by `make generate`.
 *
 * @typedef {Object} AdviceList
 * @property {string} now
 * @property {Record<string, AdviceShape>} orders
 *
 * @typedef {Object} AdviceShape
 * @property {"critical" | "info" | "notice" | "unknown" | "warning"} severity
 * @property {string | null} code
 * @property {Record<string, any>} params
 * @property {string | null} text
 * @property {string | null} act_by
 * @property {string | null} opens_at
 * @property {string | null} state
 * @property {string | null} verdict
 * @property {string | null} checked_at
 * @property {(string)[]} missing
 * @property {RuleShape | null} rule
 * @property {string | null} zone
 * @property {string | null} timeline
 *
 * @typedef {Object} AdvisoryShape
 * @property {string} id
 * @property {string} kind
 * @property {string} quote
 * @property {string} source
 * @property {(any)[] | null} extra_days
 *
 * @typedef {Object} AlertChanged
 * @property {number} id
 * @property {OrderName} order
 * @property {string} code
 * @property {"critical" | "info" | "notice" | "warning"} severity
 * @property {string} state
 * @property {string} due_at
 *
 * @typedef {Object} AlertList
 * @property {string} now
 * @property {(AlertShape)[]} alerts
 * @property {string | null} next
 *
 * @typedef {Object} AlertShape
 * @property {number} id
 * @property {OrderName} order
 * @property {string} code
 * @property {Record<string, any>} params
 * @property {"critical" | "info" | "notice" | "warning"} severity
 * @property {string | null} text
 * @property {string} state
 * @property {boolean} nag
 * @property {string} due_at
 * @property {string | null} helps_until
 * @property {string | null} next_at
 * @property {string | null} snoozed_until
 * @property {string | null} delivered_at
 * @property {string | null} acknowledged_at
 * @property {number} times_sent
 *
 * @typedef {Object} AlertState
 *
 * @typedef {Object} BackupShape
 * @property {string} name
 * @property {number} version
 * @property {number} orders
 * @property {number} parcels
 * @property {number} alerts
 *
 * @typedef {Object} CaptureInput
 * @property {string | null} [seen_at]
 * @property {string} url
 * @property {"carrier_page" | "order_detail" | "order_list" | "refund_list" | "text" | "tracking"} kind
 * @property {"html" | "json" | "text"} form
 * @property {string} body
 * @property {string | null} [zone]
 * @property {string | null} [locale]
 * @property {string | null} [api]
 * @property {string | null} [account]
 *
 * @typedef {Object} Captured
 * @property {string} capture
 * @property {(OrderName)[]} orders
 * @property {(string)[]} parcels
 * @property {(UnreadShape)[]} unread
 *
 * @typedef {Object} ChangeShape
 * @property {string} field
 * @property {any} before
 * @property {any} after
 * @property {string} origin
 * @property {string} at
 * @property {boolean} taken
 *
 * @typedef {Object} CheckedInput
 * @property {string} outcome
 * @property {string | null} [retry_at]
 *
 * @typedef {Object} ClientInput
 * @property {string} name
 * @property {("calendar" | "read" | "relay" | "write")[]} scopes
 *
 * @typedef {Object} ClientList
 * @property {(ClientShape)[]} clients
 *
 * @typedef {Object} ClientShape
 * @property {string} id
 * @property {string} name
 * @property {(string)[]} scopes
 * @property {string | null} origin
 * @property {string} created_at
 * @property {string | null} last_used_at
 * @property {string | null} flagged_at
 *
 * @typedef {Object} ClockShape
 * @property {string} kind
 * @property {string} pack
 * @property {string} zone
 * @property {RuleShape} rule
 * @property {string | null} due_at
 * @property {string | null} last_safe_at
 * @property {string | null} stated_end_at
 *
 * @typedef {Object} CodeShape
 * @property {string} code
 * @property {string} expires_at
 *
 * @typedef {Object} ComingAlert
 * @property {string} code
 * @property {"critical" | "info" | "notice" | "warning"} severity
 * @property {string} due_at
 * @property {string | null} helps_until
 *
 * @typedef {Object} DatesShape
 * @property {string} now
 * @property {number} total
 * @property {number} without_dates
 * @property {(OpenableShape)[]} open
 *
 * @typedef {Object} DeliveredInput
 * @property {string} channel
 *
 * @typedef {Object} DifferenceShape
 * @property {string} subject
 * @property {string} code
 * @property {string} computed
 * @property {string} seen
 * @property {string | null} text
 *
 * @typedef {Object} DisputeInput
 * @property {string | null} [opened_at]
 * @property {string | null} [seller_replied_at]
 * @property {string | null} [escalated_at]
 * @property {string | null} [respond_by_at]
 * @property {string | null} [return_agreed_at]
 * @property {string | null} [return_tracking_submitted_at]
 * @property {string | null} [closed_at]
 * @property {"buyer" | "platform" | "seller" | null} [closed_by]
 * @property {"partial" | "refund" | "rejected" | null} [outcome]
 * @property {string | null} [appealed_at]
 *
 * @typedef {Object} Empty
 *
 * @typedef {Object} ErrorBody
 * @property {"ambiguous" | "bad_request" | "conflict" | "forbidden" | "internal" | "invalid" | "method_not_allowed" | "misdirected" | "not_found" | "timeout" | "too_large" | "too_soon" | "unauthorized" | "unavailable" | "unsupported_media_type"} code
 * @property {string} message
 * @property {string} field
 * @property {string} id
 *
 * @typedef {Object} EtaShape
 * @property {string} earliest
 * @property {string} latest
 *
 * @typedef {Object} EventShape
 * @property {string} local_time
 * @property {string | null} zone
 * @property {string | null} at
 * @property {number} uncertain_hours
 * @property {string | null} code
 * @property {string | null} state
 * @property {number} leg
 * @property {boolean} advisory
 * @property {string} description
 * @property {string} location
 *
 * @typedef {Object} ExportShape
 * @property {"parcelwarden-export"} format
 * @property {string} version
 * @property {SettingsInput | null} settings
 * @property {(ExportedSource)[]} sources
 * @property {(ExportedParcel)[]} parcels
 * @property {(ExportedOrder)[]} orders
 * @property {string | null} next
 *
 * @typedef {Object} ExportedAlert
 * @property {string} key
 * @property {string} code
 * @property {Record<string, boolean | number | string | null>} params
 * @property {Severity} severity
 * @property {string} due_at
 * @property {string | null} helps_until
 * @property {boolean} nag
 * @property {AlertState} state
 * @property {string} created_at
 * @property {string | null} next_at
 * @property {string | null} snoozed_until
 * @property {string | null} delivered_at
 * @property {string | null} acknowledged_at
 * @property {number} times_sent
 * @property {(ExportedDelivery)[]} deliveries
 *
 * @typedef {Object} ExportedAnswer
 * @property {string} source
 * @property {string} number
 * @property {string} asked_at
 * @property {string} outcome
 * @property {string} received_sha256
 * @property {string | null} reading
 *
 * @typedef {Object} ExportedChange
 * @property {string} field
 * @property {boolean | string | PrintedSpan | null} before
 * @property {boolean | string | PrintedSpan | null} after
 * @property {Origin} origin
 * @property {string} at
 * @property {boolean} taken
 *
 * @typedef {Object} ExportedDelivery
 * @property {string} channel
 * @property {string} result
 * @property {string} at
 * @property {number} attempts
 * @property {string | null} retry_at
 * @property {string | null} error
 *
 * @typedef {Object} ExportedEta
 * @property {string} earliest
 * @property {string} latest
 *
 * @typedef {Object} ExportedEvent
 * @property {string} local_time
 * @property {string | null} at
 * @property {string | null} zone
 * @property {number} uncertain_hours
 * @property {string | null} code
 * @property {State | null} state
 * @property {Leg} leg
 * @property {boolean} advisory
 * @property {string} description
 * @property {string} location
 *
 * @typedef {Object} ExportedFact
 * @property {boolean | string | PrintedSpan} value
 * @property {Origin} origin
 * @property {string} seen_at
 * @property {string} strategy
 * @property {string} raw
 *
 * @typedef {Object} ExportedLook
 * @property {string} source
 * @property {string} number
 * @property {number} rank
 * @property {string | null} next_look_at
 * @property {string | null} last_tried_at
 * @property {string | null} last_outcome
 * @property {string | null} last_ok_at
 * @property {string | null} outcome
 * @property {string | null} answer_sha256
 * @property {number} failures
 * @property {boolean} relay
 *
 * @typedef {Object} ExportedOrder
 * @property {string} marketplace
 * @property {string} order_id
 * @property {Record<string, ExportedFact>} facts
 * @property {(ExportedRule)[]} rules
 * @property {string | null} title
 * @property {string | null} seller
 * @property {string | null} total
 * @property {string | null} currency
 * @property {string | null} account
 * @property {string | null} url
 * @property {string | null} page_seen_at
 * @property {string} created_at
 * @property {string} updated_at
 * @property {(string)[]} parcels
 * @property {(ExportedChange)[]} changes
 * @property {(ExportedAlert)[]} alerts
 *
 * @typedef {Object} ExportedParcel
 * @property {(string)[]} numbers
 * @property {State | null} state
 * @property {Leg} leg
 * @property {(Flag)[]} flags
 * @property {ExportedEta | null} eta
 * @property {string | null} service_line
 * @property {string | null} origin
 * @property {string | null} destination
 * @property {string | null} last_mile
 * @property {string} created_at
 * @property {string | null} moved_at
 * @property {(ExportedEvent)[]} events
 * @property {(ExportedLook)[]} looks
 * @property {(ExportedAnswer)[]} answers
 *
 * @typedef {Object} ExportedRule
 * @property {string} kind
 * @property {string} quote
 * @property {string} seen_at
 * @property {number | null} days
 * @property {string | null} before
 *
 * @typedef {Object} ExportedSource
 * @property {string} source
 * @property {"failing" | "never_tried" | "ok" | "walled"} state
 * @property {string | null} last_tried_at
 * @property {string | null} last_ok_at
 * @property {string | null} last_outcome
 * @property {string | null} failing_since
 * @property {number} failures
 * @property {string | null} resume_at
 * @property {(string)[]} unknown_codes
 * @property {string | null} changed_since
 * @property {string | null} changed_how
 *
 * @typedef {Object} FactShape
 * @property {any} value
 * @property {string} origin
 * @property {string} seen_at
 * @property {string} strategy
 * @property {string} raw
 *
 * @typedef {Object} Flag
 *
 * @typedef {Object} Health
 * @property {string} name
 * @property {number} api
 * @property {string} proof
 *
 * @typedef {Object} ImportShape
 * @property {number} orders
 * @property {number} parcels
 * @property {(string)[]} kept
 * @property {boolean} dry_run
 *
 * @typedef {Object} Leg
 *
 * @typedef {Object} LookShape
 * @property {string} source
 * @property {string} number
 * @property {string | null} outcome
 * @property {string | null} last_outcome
 * @property {string | null} last_tried_at
 * @property {string | null} last_ok_at
 * @property {string | null} next_look_at
 *
 * @typedef {Object} MovedShape
 * @property {string} field
 * @property {string} before
 * @property {string} after
 * @property {"earlier" | "later"} direction
 * @property {string} at
 * @property {boolean} taken
 *
 * @typedef {Object} NextLook
 * @property {string} next_look_at
 *
 * @typedef {Object} OpenableShape
 * @property {string} marketplace
 * @property {string} order_id
 * @property {"missing" | "old"} why
 * @property {string | null} act_by
 *
 * @typedef {Object} OrderChanged
 * @property {string} marketplace
 * @property {string} order_id
 * @property {boolean} forgotten
 *
 * @typedef {Object} OrderInput
 * @property {string | null} [country]
 * @property {string | null} [placed_at]
 * @property {string | null} [paid_at]
 * @property {string | null} [payment_method]
 * @property {string | null} [ship_by_at]
 * @property {string | null} [shipped_at]
 * @property {string | null} [delivery_due_at]
 * @property {string | null} [delivered_at]
 * @property {string | null} [received_at]
 * @property {string | null} [completed_at]
 * @property {boolean | null} [free_return]
 * @property {boolean | null} [warranty]
 * @property {string | null} [shipping_method]
 * @property {"abnormal" | "normal" | null} [logistics]
 * @property {string | null} [observed_protection_ends_at]
 * @property {string | null} [observed_dispute_button_at]
 * @property {string | null} [seller_asked_at]
 * @property {string | null} [cancel_requested_at]
 * @property {string | null} [cancelled_at]
 * @property {string | null} [refund_granted_at]
 * @property {string | null} [refunded_at]
 * @property {string | null} [paypal_case_opened_at]
 * @property {string | null} [paypal_case_escalated_at]
 * @property {string | null} [paypal_case_closed_at]
 * @property {string | null} [chargeback_opened_at]
 * @property {string | null} [chargeback_closed_at]
 * @property {DisputeInput} [dispute]
 * @property {string | null} [title]
 * @property {string | null} [seller]
 * @property {string | null} [total]
 * @property {string | null} [currency]
 * @property {string} marketplace
 * @property {string} order_id
 * @property {(string)[]} [numbers]
 *
 * @typedef {Object} OrderLine
 * @property {string} marketplace
 * @property {string} order_id
 * @property {string | null} title
 * @property {string | null} seller
 * @property {string | null} total
 * @property {string | null} currency
 * @property {AdviceShape} advice
 * @property {(string)[]} parcels
 * @property {string | null} page_seen_at
 *
 * @typedef {Object} OrderList
 * @property {string} now
 * @property {(OrderLine)[]} orders
 * @property {string | null} next
 *
 * @typedef {Object} OrderName
 * @property {string} marketplace
 * @property {string} order_id
 *
 * @typedef {Object} OrderPatch
 * @property {string | null} [country]
 * @property {string | null} [placed_at]
 * @property {string | null} [paid_at]
 * @property {string | null} [payment_method]
 * @property {string | null} [ship_by_at]
 * @property {string | null} [shipped_at]
 * @property {string | null} [delivery_due_at]
 * @property {string | null} [delivered_at]
 * @property {string | null} [received_at]
 * @property {string | null} [completed_at]
 * @property {boolean | null} [free_return]
 * @property {boolean | null} [warranty]
 * @property {string | null} [shipping_method]
 * @property {"abnormal" | "normal" | null} [logistics]
 * @property {string | null} [observed_protection_ends_at]
 * @property {string | null} [observed_dispute_button_at]
 * @property {string | null} [seller_asked_at]
 * @property {string | null} [cancel_requested_at]
 * @property {string | null} [cancelled_at]
 * @property {string | null} [refund_granted_at]
 * @property {string | null} [refunded_at]
 * @property {string | null} [paypal_case_opened_at]
 * @property {string | null} [paypal_case_escalated_at]
 * @property {string | null} [paypal_case_closed_at]
 * @property {string | null} [chargeback_opened_at]
 * @property {string | null} [chargeback_closed_at]
 * @property {DisputeInput} [dispute]
 * @property {string | null} [title]
 * @property {string | null} [seller]
 * @property {string | null} [total]
 * @property {string | null} [currency]
 *
 * @typedef {Object} OrderShape
 * @property {string} marketplace
 * @property {string} order_id
 * @property {string | null} title
 * @property {string | null} seller
 * @property {string | null} total
 * @property {string | null} currency
 * @property {AdviceShape} advice
 * @property {(string)[]} parcels
 * @property {string | null} page_seen_at
 * @property {string | null} url
 * @property {Record<string, FactShape>} facts
 * @property {(PageRuleShape)[]} rules
 * @property {Record<string, WindowShape>} windows
 * @property {Record<string, ClockShape>} clocks
 * @property {Record<string, VerdictShape>} verdicts
 * @property {(string)[]} oddities
 * @property {(string)[]} doubtful_numbers
 * @property {(ComingAlert)[]} alerts
 * @property {(ChangeShape)[]} changes
 * @property {(DifferenceShape)[]} differences
 * @property {(MovedShape)[]} history
 * @property {(AdvisoryShape)[]} advisories
 * @property {string | null} assessed_at
 * @property {string | null} next_change_at
 *
 * @typedef {Object} Origin
 *
 * @typedef {Object} PageRuleShape
 * @property {string} kind
 * @property {string} quote
 * @property {string} seen_at
 * @property {number | null} days
 * @property {string | null} before
 *
 * @typedef {Object} PairInput
 * @property {string} code
 * @property {string} name
 *
 * @typedef {Object} Paired
 * @property {string} token
 * @property {string} client
 * @property {(string)[]} scopes
 * @property {number} api
 *
 * @typedef {Object} PairingInput
 * @property {("read" | "relay" | "write")[]} [scopes]
 *
 * @typedef {Object} PairingShape
 * @property {boolean} open
 * @property {string} code
 * @property {string | null} expires_at
 * @property {number} tries_left
 * @property {string | null} client
 *
 * @typedef {Object} ParcelInput
 * @property {string} number
 * @property {(string)[]} [orders]
 *
 * @typedef {Object} ParcelList
 * @property {string} now
 * @property {(ParcelShape)[]} parcels
 * @property {string | null} next
 *
 * @typedef {Object} ParcelShape
 * @property {(string)[]} numbers
 * @property {(string)[]} doubtful_numbers
 * @property {string | null} state
 * @property {number} leg
 * @property {(string)[]} flags
 * @property {EtaShape | null} eta
 * @property {string | null} service_line
 * @property {string | null} origin
 * @property {string | null} destination
 * @property {string | null} last_mile
 * @property {string} created_at
 * @property {(EventShape)[]} events
 * @property {(LookShape)[]} looks
 * @property {(OrderName)[]} orders
 * @property {(WayShape)[]} ways
 *
 * @typedef {Object} PolicyList
 * @property {(PolicyShape)[]} policies
 *
 * @typedef {Object} PolicyRuleShape
 * @property {string} id
 * @property {string} matter
 * @property {string} quote
 * @property {string} source
 * @property {string} date
 * @property {string} trust
 * @property {(string)[]} countries
 * @property {string} note
 * @property {Record<string, any>} values
 *
 * @typedef {Object} PolicyShape
 * @property {string} id
 * @property {string} edition
 * @property {string} title
 * @property {string} kind
 * @property {string} trust
 * @property {(string)[]} marketplaces
 * @property {(string)[]} payment_methods
 * @property {(string)[]} countries
 * @property {string | null} effective_from
 * @property {string | null} effective_until
 * @property {string} zone
 * @property {(string)[]} windows
 * @property {(string)[]} clocks
 * @property {(PolicyRuleShape)[]} rules
 *
 * @typedef {Object} PrintedSpan
 * @property {string} printed
 * @property {string} earliest
 * @property {string} latest
 *
 * @typedef {Object} Problem
 * @property {ErrorBody} error
 *
 * @typedef {Object} QuietHours
 * @property {string} from
 * @property {string} until
 *
 * @typedef {Object} ReasonShape
 * @property {string} code
 * @property {string} text
 * @property {(string)[]} evidence
 *
 * @typedef {Object} RelayHeaders
 * @property {string | null} content-type
 * @property {string | null} retry-after
 *
 * @typedef {Object} RelayInput
 * @property {"network" | "permission" | "redirect" | "too_large" | null} [failed]
 * @property {number | null} [status]
 * @property {string} [url]
 * @property {RelayHeaders} [headers]
 * @property {string} [body]
 *
 * @typedef {Object} RelayWanted
 * @property {string} id
 * @property {string} source
 * @property {string} url
 * @property {string} accept
 * @property {number} max_bytes
 * @property {string} expires_at
 *
 * @typedef {Object} RuleShape
 * @property {string} id
 * @property {string} quote
 * @property {string} source
 * @property {string} edition
 * @property {string} trust
 *
 * @typedef {Object} SessionInput
 * @property {string} code
 *
 * @typedef {Object} SessionShape
 * @property {string} token
 * @property {string} expires_at
 * @property {(string)[]} scopes
 * @property {number} api
 *
 * @typedef {Object} SettingsInput
 * @property {string | null} [language]
 * @property {string | null} [country]
 * @property {QuietHours | null} [quiet_hours]
 * @property {(number)[] | null} [lead_hours]
 * @property {"daily" | "off" | "weekly" | null} [digest]
 * @property {string | null} [digest_time]
 * @property {(string)[] | null} [sites]
 * @property {boolean | null} [relay]
 *
 * @typedef {Object} SettingsShape
 * @property {string | null} language
 * @property {string | null} country
 * @property {QuietHours | null} quiet_hours
 * @property {(number)[] | null} lead_hours
 * @property {"daily" | "off" | "weekly" | null} digest
 * @property {string | null} digest_time
 * @property {(string)[] | null} sites
 * @property {boolean | null} relay
 * @property {Record<string, boolean>} configured
 *
 * @typedef {Object} Severity
 *
 * @typedef {Object} SilenceShape
 * @property {number | null} days
 * @property {number | null} quantile
 * @property {string | null} expected_until
 *
 * @typedef {Object} SnoozeInput
 * @property {string} until
 *
 * @typedef {Object} SourceChanged
 * @property {string} source
 * @property {string} state
 * @property {string | null} failing_since
 * @property {string | null} resume_at
 *
 * @typedef {Object} SourceList
 * @property {string} now
 * @property {(SourceShape)[]} sources
 *
 * @typedef {Object} SourceShape
 * @property {string} id
 * @property {string} name
 * @property {string} access
 * @property {string} evidence
 * @property {number} floor_hours
 * @property {string} clock
 * @property {string} state
 * @property {string | null} last_tried_at
 * @property {string | null} last_ok_at
 * @property {string | null} last_outcome
 * @property {string | null} failing_since
 * @property {string | null} resume_at
 * @property {(string)[]} unknown_codes
 * @property {string | null} changed_since
 * @property {string | null} changed_how
 *
 * @typedef {Object} State
 *
 * @typedef {Object} StatusShape
 * @property {string} now
 * @property {Record<string, any>} health
 * @property {number} clients
 * @property {(string)[]} flagged
 *
 * @typedef {Object} StreamStart
 * @property {string} now
 * @property {boolean} resumed
 *
 * @typedef {Object} UnreadShape
 * @property {string} field
 * @property {string} why
 * @property {string} order_id
 *
 * @typedef {Object} VerdictShape
 * @property {string} verdict
 * @property {(ReasonShape)[]} reasons
 * @property {SilenceShape} silence
 * @property {string | null} checked_at
 *
 * @typedef {Object} WayShape
 * @property {string} source
 * @property {string} name
 * @property {string} number
 * @property {"daemon" | "key" | "relay" | "you"} asked_by
 * @property {string} state
 * @property {string | null} next
 * @property {string} page
 *
 * @typedef {Object} WindowShape
 * @property {string | null} opens_at
 * @property {string | null} last_safe_at
 * @property {string | null} stated_end_at
 * @property {"closed" | "grace" | "not_yet" | "open" | "unknown"} state
 * @property {string | null} act_by
 * @property {string} opened_by
 * @property {boolean} ends_observed
 * @property {string} zone
 * @property {string} pack
 * @property {RuleShape} rule
 * @property {(string)[]} conflicts
 *
 */
export {};
