"""The made-up shop's pages: a list that is drawn by script and drawn anew at will, an order, its tracking."""

from __future__ import annotations

from typing import Final

HEAD: Final = """<!doctype html><html lang="en" dir="{direction}"><head><meta charset="utf-8"><title>Orders</title>
<style>
body {{ margin: 0; padding: 24px; font: 14px Arial, sans-serif; background: {ground}; color: {ink}; }}
a {{ color: {link}; }}
a {{ color: inherit; }}
.order-item {{ border: 1px solid #9994; border-radius: 8px; margin: 0 auto 16px;
  padding: 14px 18px; max-width: 860px; }}
.order-item-header {{ display: flex; justify-content: space-between; }}
.order-item-content {{ display: flex; justify-content: space-between; margin-top: 12px; }}
.order-item-header-status-text, .order-item-content-opt-price-total {{ font-weight: 700; }}
.order-more, .comet-tabs-nav {{ text-align: center; }}
.comet-modal {{ position: fixed; inset: 30% 30%; background: #fff; color: #222;
  padding: 20px; border: 1px solid #999; }}
</style></head><body>"""

CALLS: Final = """<script>
const MTOP = "https://acs.aliexpress.com/h5/";
let calls = 0;
function jsonp(api, data, done) {
  const name = "mtopjsonp" + (calls += 1);
  window[name] = done;
  const script = document.createElement("script");
  script.src = MTOP + api + "/1.0/?appKey=1&sign=s3cret&callback=" + name
    + "&data=" + encodeURIComponent(JSON.stringify(data));
  document.head.append(script);
}
function post(api, data, done) {
  const call = new XMLHttpRequest();
  call.open("POST", MTOP + api + "/1.0/?appKey=1&sign=s3cret");
  call.onload = () => done(JSON.parse(call.responseText));
  call.send(new URLSearchParams({data: JSON.stringify(data)}));
}
async function fetched(api, data, done) {
  const body = new URLSearchParams({data: JSON.stringify(data)});
  done(await (await fetch(MTOP + api + "/1.0/?sign=s3cret", {method: "POST", body})).json());
}
</script>"""

LIST: Final = """<div class="comet-checkbox-group" id="list"></div>
<div class="order-more"><button type="button" id="more"><span>View orders</span></button></div><script>
const orders = [];
const drawn = {};
function card(f) {
  const item = document.createElement("div");
  item.className = "order-item";
  item.innerHTML = '<div class="order-item-header"><div class="order-item-header-status" '
    + 'data-pl="order_item_header_status"><span class="order-item-header-status-text"></span></div>'
    + '<div class="order-item-header-right"><span class="date"></span>'
    + '<a data-pl="order_item_header_detail" target="_blank">Details</a></div></div>'
    + '<div class="order-item-content"><span class="title"></span><div>'
    + '<span class="order-item-content-opt-price-total"></span> '
    + '<button class="order-item-btn">Confirm received</button></div></div>';
  item.querySelector(".order-item-header-status-text").textContent = f.statusText;
  item.querySelector("a").href = "https://www.aliexpress.com/p/order/detail.html?orderId=" + f.orderId;
  item.querySelector(".date").textContent = "Date: " + f.orderDateText + " ";
  item.querySelector(".title").textContent = f.orderLines[0].itemTitle;
  item.querySelector(".order-item-content-opt-price-total").textContent = f.totalPriceText;
  item.querySelector("button").onclick = ask;
  return item;
}
function ask() {
  const asked = document.createElement("div");
  asked.className = "comet-modal";
  asked.setAttribute("role", "dialog");
  asked.innerHTML = "<p>By clicking 'Confirm', the shop will release your payment to the seller.</p>"
    + "<button>Confirm</button>";
  document.body.append(asked);
}
function draw(from) {
  for (const f of orders.slice(from)) document.getElementById("list").append(card(f));
  for (const f of orders.slice(from)) drawn[f.orderId] = performance.now();
}
function again() { document.getElementById("list").replaceChildren(); draw(0); }
function take(answer) {
  const tree = answer.data.data, from = orders.length;
  for (const key of answer.data.hierarchy.structure.pc_om_list_body_1) orders.push(tree[key].fields);
  draw(from);
}
let page = 1;
const next = (answer) => { page += 1; take(answer); };
const more = (call) => call("mtop.aliexpress.trade.buyer.order.list", {pageIndex: page}, next);
document.getElementById("more").onclick = () => more(page % 2 ? fetched : post);
more(jsonp);
</script>"""

DETAIL: Final = """<div class="order-wrap"><div class="order-status order-block"></div>
<div class="order-detail-item">An order</div></div><script>
const order = new URL(location.href).searchParams.get("orderId");
jsonp("mtop.aliexpress.trade.buyer.order.detail", {tradeOrderId: order, timeZone: "x"}, (answer) => {
  document.querySelector(".order-status").textContent = answer.data.data.detail_order_status_block.fields.title;
});
</script>"""

TRACKING: Final = """<div class="logistic-info-v2--x">Tracking</div><script>
const order = new URL(location.href).searchParams.get("tradeOrderId");
post("mtop.ae.ld.querydetail", {tradeOrderId: order}, () => { document.title = "Tracked"; });
</script>"""


def page(body: str, *, dark: bool = False, direction: str = "ltr") -> str:
    """A whole page."""
    colours = (
        {"ground": "#17181b", "ink": "#e8e8ea", "link": "#8ab4f8"}
        if dark
        else {"ground": "#ffffff", "ink": "#222222", "link": "#0000ee"}
    )
    return HEAD.format(direction=direction, **colours) + CALLS + body + "</body></html>"
