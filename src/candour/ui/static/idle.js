// Warns two minutes before a session ends for want of activity, then covers the page. Words typed
// so far stay in it; if the session has ended they are sent on, and given back after signing in.
const WARN_BEFORE = 120;
const TELL_SERVER_EVERY = 30;
const seconds = () => Date.now() / 1000;

// True, false, or null when nobody answered.
async function stillSignedIn({ address, token }) {
  try {
    const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" });
    return answer.ok;
  } catch {
    return null;
  }
}

function dialogue(onGoOn) {
  const box = document.createElement("dialog");
  box.className = "candour-lock";
  box.setAttribute("aria-labelledby", "idle-heading");
  const heading = Object.assign(document.createElement("h2"), { id: "idle-heading", className: "govuk-heading-m" });
  const text = Object.assign(document.createElement("p"), { className: "govuk-body" });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "govuk-button" });
  button.addEventListener("click", onGoOn);
  box.addEventListener("cancel", (event) => event.preventDefault());
  box.append(heading, text, button);
  document.body.append(box);
  const say = (words, saying, does) => {
    heading.textContent = words;
    text.textContent = saying;
    button.textContent = does;
    if (!box.open) box.showModal();
  };
  return { box, say };
}

function changedForm() {
  const changed = (field) =>
    field.type === "checkbox" || field.type === "radio"
      ? field.checked !== field.defaultChecked
      : "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue;
  return [...document.querySelectorAll("form[method=post]")].find((form) => [...form.elements].some(changed));
}

export function watchIdle(limit, server) {
  const tabs = new BroadcastChannel("candour-activity");
  let active = seconds();
  let told = active;
  let closed = false;

  const goOn = async () => {
    const signedIn = await stillSignedIn(server);
    if (signedIn === null) {
      say("Candour did not answer", "What you typed is kept on this page. Check your connection and try again.", "Try again");
      return;
    }
    if (signedIn) {
      active = told = seconds();
      closed = false;
      box.classList.remove("candour-lock--closed");
      box.close();
      return;
    }
    const form = changedForm();
    if (form) form.submit();
    else location.reload();
  };
  const { box, say } = dialogue(goOn);

  const noticed = () => {
    if (box.open) return;
    active = seconds();
    if (active - told < TELL_SERVER_EVERY) return;
    told = active;
    tabs.postMessage(active);
    stillSignedIn(server);
  };
  for (const sign of ["keydown", "pointerdown", "scroll"]) addEventListener(sign, noticed, { passive: true });
  tabs.addEventListener("message", (event) => { active = Math.max(active, event.data); });

  setInterval(() => {
    const idle = seconds() - active;
    if (idle >= limit && !closed) {
      closed = true;
      box.classList.add("candour-lock--closed");
      say("This page is locked", "You have been away. What you typed here is kept: sign in again to go on.", "Sign in again");
    } else if (idle >= limit - WARN_BEFORE && !box.open) {
      say("Are you still there?", "This page will lock in 2 minutes, to keep the case private. What you typed is kept.", "Stay signed in");
    }
  }, 1000);
}
