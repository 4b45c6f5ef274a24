// Looks every two seconds how the work goes, and puts only what changed into the page; without it the page itself is
// loaded anew.
"use strict";
const place = document.getElementById("under-way");
const look = async () => {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer && answer.redirected) return location.reload();
  if (answer && answer.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("under-way");
    if (!fresh) return location.reload();
    if (fresh.innerHTML !== place.innerHTML) place.innerHTML = fresh.innerHTML;
    if (!fresh.dataset.unfinished) return undefined;
  }
  return setTimeout(look, 2000);
};
if (place && place.dataset.unfinished) setTimeout(look, 2000);
