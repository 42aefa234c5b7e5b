// Progressive only: every page does its work without this file.
import { initAll } from "./vendor/govuk/govuk-frontend.min.js";
import { watchIdle } from "./idle.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

const { idleSeconds, stay, csrfToken } = document.body.dataset;
if (idleSeconds) watchIdle(Number(idleSeconds), { address: stay, token: csrfToken });
