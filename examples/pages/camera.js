// Shows the feed, says how the camera is doing, and asks for the feed again after the connection was lost.
const picture = document.getElementById("picture");
const status = document.getElementById("status");
const words = { LIVE: "live", STARTING: "starting…", STALE: "no signal", OFFLINE: "no signal", ENDED: "ended" };
let lost = false;

// A feed that breaks off is no error to an <img>, so the server is asked.
async function look() {
  try {
    const answer = await fetch("/api/streams", { signal: AbortSignal.timeout(2000) });
    const [camera] = await answer.json();
    if (lost) picture.src = `/video_feed?${Date.now()}`;
    lost = false;
    status.textContent = words[camera.state] ?? "";
  } catch {
    lost = true;
    status.textContent = "the connection is lost; trying again…";
  }
  setTimeout(look, 1000);
}

picture.addEventListener("error", () => (lost = true));
look();
