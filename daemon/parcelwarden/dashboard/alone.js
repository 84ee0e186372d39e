/* Parcels that belong to no order that is known. */

import { all } from "./ask.js";
import { make } from "./dom.js";
import { parcel } from "./parcel.js";

/** The page. */
export async function alone(again) {
  const { found } = await all("/v1/parcels", "parcels");
  const free = found.filter((each) => !each.orders.length);
  return [
    make("p", {}, make("a", { href: "#/" }, "← Orders")),
    make("h1", { tabindex: "-1" }, "Parcels of no order"),
    make("p", { class: "box" }, free.length
      ? "No date can be computed for a parcel alone. Add its order, with its number, and it moves there."
      : "Every parcel that is watched belongs to an order."),
    ...free.map((each) => parcel(each, null, again)),
  ];
}
