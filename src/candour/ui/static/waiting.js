// Looks again for a file that is being written. Without this file a link does the same.
async function lookAgain() {
  const answer = await fetch(window.location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-waiting]");
  const shown = document.querySelector("[data-waiting]");
  if (!now || !shown) return;
  shown.replaceWith(now);
  if (now.dataset.waiting === "yes") setTimeout(lookAgain, 2000);
}

setTimeout(lookAgain, 1000);
