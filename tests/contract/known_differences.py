"""Captured bodies whose printed expectation is not followed, each with the reason. The state is among them
only for Meest."""

KNOWN_DIFFERENCES = {
    "dhl/nolp_html_2018_pickup": "the expected text holds markup: texts are shown without it",
    "dhl/nolp_html_2018_returned": "the expected last text is the status line of the page, not the text of an event",
    "meest/getShipmentTracking_2016": (
        "the expectation names the first row of the body; the newest one is DELIVERED, with a delivery date"
    ),
    "postnl/jouw_api_delivered": "the delivery stands in the status with its time: it is an event more",
}
