// Offers what was typed in this browser and never saved. Nothing is taken without being asked for.

const form = document.querySelector("[data-keep]");
const template = document.querySelector("#offer-of-this-browser");
const here = template.parentElement;
const { header, text } = form.elements;

function record(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function isInTheForm(found) {
  return found.text === text.value && found.header === (header?.value ?? "");
}

function wasSaved(found) {
  return found.isSent && found.base !== form.elements.based_on.value;
}

// In the zone of the blog, as every other time on the page.
function time(at) {
  const day = { timeZone: form.dataset.zone, day: "numeric", month: "short", year: "numeric" };
  const clock = { timeZone: form.dataset.zone, hour: "2-digit", minute: "2-digit" };
  const [then, now] = [at, Date.now()].map((moment) => new Date(moment).toLocaleDateString("en-GB", day));
  const minute = new Date(at).toLocaleTimeString("en-GB", clock);
  return then === now ? minute : `${then}, ${minute}`;
}

const twin = document.querySelector("[data-device]");

function isOfThisBrowser(box) {
  return box?.dataset.device === localStorage.getItem("device");
}

// What the box keeps of this browser is no newer than what the browser keeps itself.
function hideItsTwin() {
  if (isOfThisBrowser(twin)) twin.hidden = true;
}

function offer(found) {
  hideItsTwin();
  const box = template.content.cloneNode(true).firstElementChild;
  box.querySelector("[data-when]").textContent = time(found.at);
  const dialog = box.querySelector("dialog");
  dialog.querySelector("[data-words]").textContent = [found.header, found.text].filter(Boolean).join("\n\n");
  box.addEventListener("click", (event) => {
    const wish = event.target.closest("button")?.value;
    if (wish === "look") dialog.showModal();
    if (wish === "close") dialog.close();
    if (wish === "take") take(found);
    if (wish === "throw") throwAway();
    if (wish === "take" || wish === "throw") {
      box.remove();
      text.focus();
    }
  });
  here.append(box);
}

async function throwAway() {
  localStorage.removeItem(form.dataset.keep);
  if (!twin?.hidden) return;
  const order = twin.querySelector("form");
  const data = new FormData(order);
  data.set("do", "throw");
  await fetch(order.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
}

function take(found) {
  if (header) header.value = found.header;
  text.value = found.text;
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

// A new text that was never saved has a key of its own, which this page cannot know but by looking.
function offerOtherNewTexts() {
  const list = document.querySelector("[data-unsaved-new]");
  if (!list) return;
  const prefix = `${form.dataset.prefix}new:`;
  for (const key of Object.keys(localStorage)) {
    const found = key.startsWith(prefix) && key !== form.dataset.keep ? record(key) : null;
    if (!found) continue;
    const address = new URL(location.pathname, location.href);
    address.searchParams.set("key", key.slice(prefix.length));
    if (list.querySelector(`[href$="${address.search}"]`)) continue;
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = address.href;
    link.textContent = `The text from ${time(found.at)}, kept in this browser`;
    item.append(link);
    list.append(item);
    list.closest("section").hidden = false;
  }
}

// What was kept before the first save stands under another name.
function renamed() {
  const key = form.elements.creation_key?.value;
  const former = `${form.dataset.prefix}new:${key}`;
  if (!key || former === form.dataset.keep) return;
  const found = record(former);
  localStorage.removeItem(former);
  if (found && !found.isSent && !isInTheForm(found) && !record(form.dataset.keep)) {
    localStorage.setItem(form.dataset.keep, JSON.stringify(found));
  }
}

try {
  if (twin && !isOfThisBrowser(twin)) twin.querySelector("[data-elsewhere]").hidden = false;
  renamed();
  const found = record(form.dataset.keep);
  if (found && (isInTheForm(found) || wasSaved(found))) {
    if (!("dirty" in form.dataset)) localStorage.removeItem(form.dataset.keep);
  } else if (found) {
    offer(found);
  }
  offerOtherNewTexts();
} catch {
  // A browser that keeps nothing has nothing to offer.
}
