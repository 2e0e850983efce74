// Asks, as long as the copy off the box is pending, whether it is there, and says so.

const PAUSE = 3000;

const line = document.querySelector("[data-off-site]");
let timer = 0;

function say(state, sentence) {
  line.dataset.offSite = state;
  line.textContent = sentence;
  line.classList.toggle("warning", state === "pending");
  clearTimeout(timer);
  if (state === "pending") timer = setTimeout(ask, PAUSE);
}

async function ask() {
  const answer = await safety();
  if (line.dataset.offSite !== "pending") return;
  if (answer.safe) say("safe", answer.sentence);
  else timer = setTimeout(ask, PAUSE);
}

async function safety() {
  try {
    const response = await fetch("/off-site/", { redirect: "manual" });
    return response.ok ? await response.json() : {};
  } catch {
    // The site cannot be reached just now: what is pending stays so.
    return {};
  }
}

if (line.dataset.offSite === "pending") ask();

document.addEventListener("studio:off-site", (event) => say(event.detail.state, event.detail.sentence));
